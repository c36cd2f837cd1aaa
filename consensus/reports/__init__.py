"""Reports of a study: one content, and the forms in which it leaves (PDF, XLSX, JSON, data)."""
