"""What a round is frozen to: counts and exact statistics, nothing that fewer than 5 people said.

Pure: answers in, one JSON document out. Fractions are strings ("34/9"), what has no value says why
(`{"undefined": "too_few"}`).
"""
