"""Read the article out of a saved web page, whatever system the newspaper or portal runs on."""

from .page import read_archive, read_web_page

__all__ = ["read_archive", "read_web_page"]
