"""Read the article out of a saved web page, whatever system the newspaper or portal runs on."""

from .archive import read_archive
from .page import read_web_page

__all__ = ["read_archive", "read_web_page"]
