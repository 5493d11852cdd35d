"""Web pages saved as one file (.mht, .mhtml): a mail message with the page and its pictures (RFC 2557)."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage

from generator.reading.formats.document import Extracted
from generator.reading.formats.html import read_html
from generator.reading.guarded import UnreadableError
from generator.vocabulary.webpages import Webpages


def read_mhtml(data: bytes, known: Webpages, container: str | None = None) -> Extracted:
    """The document in the page of the file. Raises `UnreadableError` where there is no page in it."""
    message = message_from_bytes(data, policy=policy.default)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    payload = page.get_payload(decode=True) if isinstance(page, EmailMessage) else None
    if not isinstance(payload, bytes):
        raise UnreadableError("里面没有网页。请重新保存网页。")
    charset = page.get_content_charset() if page is not None else None
    if charset and b"charset" not in payload[:4096]:
        payload = b'<meta charset="' + charset.encode("ascii", "ignore") + b'">' + payload
    noted = message.get("Snapshot-Content-Location") or (page.get("Content-Location") if page else None)
    address = str(noted) if noted and str(noted).startswith(("http://", "https://")) else None
    return replace(read_html(payload, known, container, address), media_type="multipart/related")
