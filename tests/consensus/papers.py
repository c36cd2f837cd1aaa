"""Official letters, printed over HTTP, and what stands in them."""

import re

from tests.client import body_of

HEAD = {
    "signer_name": "นางสาวสุดา ใจดี",
    "signer_position": "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
    "contact": "กลุ่มนิเทศ ติดตามและประเมินผลฯ โทร. 0 4461 0000",
}


def print_letters(client, study_id, *panelists, **given):
    body = {**HEAD, **given}
    if panelists:
        body["panelists"] = [str(each) for each in panelists]
    return client.post(f"/api/v1/studies/{study_id}/letters", body)


def codes_in(pdf: bytes) -> list[str]:
    """The codes of the links in a PDF of letters, a page after the other."""
    found = re.findall(rb"/panel#token=([\w-]+)", pdf)
    return [code.decode() for code in dict.fromkeys(found)]


def open_link(api, token, device=None):
    """What the page does with a link: the answer of the exchange."""
    body = {"token": token, **({"device": device} if device else {})}
    return api.with_token(None).post("/api/v1/panel/exchange", body)


def page_of(api, token, device=None):
    """A client that has come in by this link."""
    answer = open_link(api, token, device)
    assert answer.status_code == 201, answer.content
    return api.with_token(body_of(answer)["credential"])
