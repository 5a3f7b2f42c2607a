"""What MkDocs does for us beyond plain Markdown; the site builds without it, only less well.

Heading addresses keep đ as d, the navigation and the templates know the kinds of pages, every page knows the date of
its last update, days and numbers of documents stay on one line, scripts and style sheets lose their comments, and the
search index is made after each build. Pages that are known are not made again (dev_tools/pages_once.py), and of a site
in parts only those of one (dev_tools/parts.py).
"""

from __future__ import annotations

import datetime
import functools
import logging
import os
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError

from dev_tools.environment import EPOCH, EPOCH_FORM, is_epoch
from dev_tools.pages_once import TEMPLATE, PagesOnce
from dev_tools.parts import PART, WHOLE, read_part
from knowledge_base.core.command_line import ADDRESS_FORM, KEPT
from knowledge_base.core.store import Store
from knowledge_base.core.text import slug
from knowledge_base.core.web_links import is_site_address
from knowledge_base.publish.pages.kinds import NAVIGATION, PAGE_KINDS
from knowledge_base.publish.pages.unbroken import keep_whole
from knowledge_base.publish.search_index import SearchIndexError, write_search_index
from knowledge_base.publish.writer import is_half_written

SCRIPTS = "assets/kb"
VENDOR = "assets/vendor"
_COMMENT = re.compile(
    r"""
    ^[ ]*
    (?: //.*                            # // to the end of the line
      | /\*\* (?: [^*] | \*(?!/) )* \*/   # /** … */, also over several lines
    ) \n
    """,
    re.MULTILINE | re.VERBOSE,
)

_BETWEEN_RULES = re.compile(
    r"""
      ( "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' | url\([^)]*\) )   # kept: a string, an address
    | \s* (?: /\*.*?\*/ \s* )+                               # a comment with what is white around it
    | \s* ( [{};] ) \s*                                      # a mark, with what is white around it
    | \s+
    """,
    re.DOTALL | re.VERBOSE,
)

LIVE = "kb-choice"
"""The plugin that chooses pages in the live build (``dev_tools/worker.py``)."""
_once: PagesOnce | None = None

_INDENTS, _LINE = re.compile(r"\s*\n\s*"), "\n"

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Give headings Vietnamese addresses, the navigation the list of each kind of pages (behind the home page), and
    the templates the kinds (``config.extra.page_kinds``, by folder); stop early when pages are not there yet."""
    _check_environment(config)
    if not (Path(config.docs_dir) / "index.md").is_file():
        raise PluginError("Chưa có trang nào trong docs/. Hãy chạy `python scripts/build_pages.py` trước.")
    if is_half_written(Path(config.docs_dir)):
        raise PluginError("docs/ mới ghi được một phần. Hãy chạy `python scripts/build_pages.py` rồi dựng lại.")
    config.mdx_configs.setdefault("toc", {})["slugify"] = heading_slug
    home, *others = config.nav or ["index.md"]
    lists = [{kind.name: f"{kind.folder}/index.md"} for kind in NAVIGATION]
    config.nav = [home, *lists, *others]
    config.extra["page_kinds"] = {kind.folder: kind for kind in PAGE_KINDS}
    return config


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Take the pages that are known from the store, and make the others on all processors; the live build, which makes
    few pages at a time, does without."""
    global _once  # noqa: PLW0603 - hooks have no other place between two calls
    _once = None
    if LIVE not in config.plugins:
        part = read_part(os.environ.get(PART, ""))
        _once = PagesOnce(config, nav, files, Store(KEPT), _built(), _known_to_git(Path(config.docs_dir)), part)
        if part != WHOLE:  # what is in pages of other parts is known when all are put together (github_tasks.py links)
            config.validation.links.anchors = logging.DEBUG
        _once.begin()


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Let data of pages stand in them as they are read: escaped, Vietnamese letters take up to three times the room."""
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": True}
    return env


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Lighten a page that has been made, and keep it."""
    if page.meta.get("template") == TEMPLATE:
        return output  # it was known
    output = without_indents(output)
    if _once:
        _once.note(page, output)
    return output


def _check_environment(config: MkDocsConfig) -> None:
    """Raise for a variable whose value could not stand in a page, or is no time."""
    for name, address in (("SITE_URL", config.site_url), ("REPO_URL", config.extra.get("source_repository"))):
        if address and not is_site_address(str(address).strip()):
            raise PluginError(f"Biến {name} không phải địa chỉ trang mạng: {address!a}. {ADDRESS_FORM}")
    try:
        read_part(os.environ.get(PART, ""))
    except ValueError as error:
        raise PluginError(f"Biến {PART}: {error}") from error
    if not is_epoch(epoch := os.environ.get(EPOCH, "")):
        raise PluginError(f"Biến {EPOCH} không phải số giây: {epoch!a}. {EPOCH_FORM}")


def heading_slug(heading: str, separator: str) -> str:
    """Return the address of a heading: ``Đà Nẵng`` gives ``da-nang``; ``muc`` when nothing is left."""
    return slug(heading).replace("-", separator) or "muc"


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Keep days and numbers of documents on one line: browsers break them behind a hyphen."""
    return keep_whole(html)


def on_page_context(context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation) -> TemplateContext:
    """Add ``updated``: the page's own date, else that of its file in git, else that of the build."""
    own = (page.meta.get("kb") or {}).get("updated")
    day = own or _committed(Path(config.docs_dir), page.file.src_uri) or _built()
    context["updated"] = str(day)  # type: ignore[typeddict-unknown-key]
    return context


def on_post_build(config: MkDocsConfig) -> None:
    """Lighten the scripts and styles of the finished site and make its search index; without that the build has failed.

    No index where nobody searches it: in what ``dev.py`` builds for a first look, and for other builders."""
    for folder in (SCRIPTS, VENDOR):
        for path in Path(config.site_dir, folder).rglob("*.js"):
            path.write_text(without_comments(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
        for path in Path(config.site_dir, folder).rglob("*.css"):
            path.write_text(without_blanks(path.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")
    if _once:
        _once.end()
    part = read_part(os.environ.get(PART, ""))
    if part.number > 1:
        _leave_pages_alone(Path(config.site_dir))
    if os.environ.get("KB_NO_SEARCH_INDEX"):
        return
    try:
        write_search_index(Path(config.site_dir), part.number)
    except SearchIndexError as error:
        raise PluginError(str(error)) from error


def _leave_pages_alone(site: Path) -> None:
    """Take away what the first part brings for all: whatever is no page of docs/."""
    for path in [path for path in site.rglob("*") if path.is_file()]:
        if path.name != "index.html":
            path.unlink()


def without_indents(page: str) -> str:
    """Return a page without blank lines and indents in its frame: what stands in the article may be meant so."""
    head, start, rest = page.partition("<article ")
    article, end, foot = rest.rpartition("</article>")
    return f"{_INDENTS.sub(_LINE, head)}{start}{article}{end}{_INDENTS.sub(_LINE, foot)}"


def without_comments(script: str) -> str:
    """Return a script without the comments that have lines of their own: readers need not load types and reasons.

    What is said before the first empty line stays where it names a licence."""
    head, end, rest = script.partition("\n\n")
    return head + end + _COMMENT.sub("", rest) if "Copyright" in head else _COMMENT.sub("", script)


def without_blanks(sheet: str) -> str:
    """Return a style sheet without comments and without what is white between its rules; one with a licence stays."""
    if "Copyright" in sheet or "@license" in sheet:
        return sheet
    return _BETWEEN_RULES.sub(lambda found: found[1] or found[2] or " ", sheet).strip() + "\n"


def _committed(docs: Path, name: str) -> str:
    """Return the day of the last commit of a file in docs/; '' if git does not know the file."""
    return _git(docs, "log", "-1", "--format=%cs", "--", name).strip() if name in _known_to_git(docs) else ""


@functools.cache
def _known_to_git(docs: Path) -> frozenset[str]:
    """Return the files in docs/ that git keeps: the hand-written pages."""
    return frozenset(_git(docs, "ls-files", "-z").split("\0"))


def _git(folder: Path, *arguments: str) -> str:
    """Return what git says in ``folder``; '' when it fails or is not there."""
    try:
        command = ["git", "-C", str(folder), *arguments]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""


def _built() -> str:
    """Return the day of the build as the environment gives it; '' when it does not."""
    epoch = os.environ.get(EPOCH, "")
    if not epoch:
        return ""
    return datetime.datetime.fromtimestamp(int(epoch), tz=datetime.UTC).date().isoformat()
