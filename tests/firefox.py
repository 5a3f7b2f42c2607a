"""A Firefox without a window, driven by Marionette, the protocol it speaks itself: a plain socket, no further program.

Everything it asks of the network goes to a proxy of ours, which gives nothing and notes what pages ask (Firefox itself
asks its maker for settings).
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
_QUIET = (
    "app.normandy.enabled",
    "app.update.enabled",
    "browser.safebrowsing.downloads.enabled",
    "browser.safebrowsing.malware.enabled",
    "browser.safebrowsing.phishing.enabled",
    "browser.search.update",
    "browser.topsites.contile.enabled",
    "datareporting.healthreport.uploadEnabled",
    "datareporting.policy.dataSubmissionEnabled",
    "extensions.getAddons.cache.enabled",
    "extensions.systemAddon.update.enabled",
    "media.gmp-gmpopenh264.enabled",
    "media.gmp-manager.updateEnabled",
    "media.gmp-widevinecdm.enabled",
    "network.captive-portal-service.enabled",
    "network.connectivity-service.enabled",
    "toolkit.telemetry.enabled",
)
_OF_FIREFOX = re.compile(r" (?:https?://)?[\w.-]+\.mozilla\.(?:com|net|org)\b")
_PATIENCE = 120


def find_firefox() -> str:
    """Return the program; '' where there is none."""
    return shutil.which("firefox-esr") or shutil.which("firefox") or ""


class Firefox:
    """A session. ``asked`` holds the first line of each request that a page sent into the network."""

    def __init__(self, marionette: socket.socket, asked: list[str]) -> None:
        self._stream = marionette.makefile("rwb")
        self._count = 0
        self.asked = asked
        self._receive()
        self._call("WebDriver:NewSession", {})

    def open(self, address: str) -> None:
        """Go to an address and wait until it has been loaded."""
        self._call("WebDriver:Navigate", {"url": address})

    def run(self, script: str, *arguments: Any) -> Any:
        """Return what the body of a function returns in the page."""
        return self._call("WebDriver:ExecuteScript", {"script": script, "args": list(arguments)})["value"]

    def wait(self, script: str, *arguments: Any) -> Any:
        """Return what the body of a function returns in the page once that is true."""
        end = time.monotonic() + _PATIENCE
        while not (value := self.run(script, *arguments)):
            assert time.monotonic() < end, script
            time.sleep(0.1)
        return value

    def click(self, selector: str) -> None:
        """Click on the first element, as a person does."""
        element = self._find(selector)
        self._call("WebDriver:ElementClick", {"id": element[_ELEMENT]})

    def point_at(self, selector: str) -> None:
        """Move the mouse to the first element."""
        element = self._find(selector)
        self.run("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", element)
        moves = [{"type": "pointerMove", "x": 0, "y": 0, "origin": element, "duration": 0}]
        self._call("WebDriver:PerformActions", {"actions": [{"type": "pointer", "id": "mouse", "actions": moves}]})

    def _find(self, selector: str) -> dict[str, str]:
        found: dict[str, str] = self._call("WebDriver:FindElement", {"using": "css selector", "value": selector})[
            "value"
        ]
        return found

    def _call(self, command: str, values: dict[str, Any]) -> Any:
        self._count += 1
        data = json.dumps([0, self._count, command, values]).encode()
        self._stream.write(b"%d:%s" % (len(data), data))
        self._stream.flush()
        _, _, error, result = self._receive()
        assert error is None, f"{command}: {error}"
        return result

    def _receive(self) -> Any:
        digits = b""
        while not digits.endswith(b":"):
            digits += self._stream.read(1) or b":"
        return json.loads(self._stream.read(int(digits[:-1])))


@contextlib.contextmanager
def opened_firefox(program: str, profile: Path) -> Iterator[Firefox]:
    """Start Firefox with a new profile in ``profile``; end it afterwards."""
    asked: list[str] = []
    with _noting_proxy(asked) as proxy:
        profile.mkdir()
        settings = dict.fromkeys(_QUIET, False) | {"marionette.port": 0, "network.proxy.type": 1}
        settings |= {f"network.proxy.{kind}": "127.0.0.1" for kind in ("http", "ssl")}
        settings |= {f"network.proxy.{kind}_port": proxy for kind in ("http", "ssl")}
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in settings.items())
        (profile / "user.js").write_text("".join(lines), encoding="utf-8")
        command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
        env = {**os.environ, "HOME": str(profile)}
        with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            try:
                with socket.create_connection(("127.0.0.1", _port(profile)), timeout=_PATIENCE) as marionette:
                    yield Firefox(marionette, asked)
            finally:
                process.terminate()


def _port(profile: Path) -> int:
    """Return the port on which Firefox listens, as it writes it into its profile."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(OSError, ValueError):
            return int((profile / "MarionetteActivePort").read_text(encoding="ascii"))
        time.sleep(0.1)
    raise TimeoutError("Firefox không khởi động được")


@contextlib.contextmanager
def _noting_proxy(asked: list[str]) -> Iterator[int]:
    """A proxy that notes what pages ask of it, and closes; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection, contextlib.suppress(OSError):
                        connection.settimeout(5)
                        request = connection.recv(4096).decode("latin-1").partition("\r")[0]
                        if not _OF_FIREFOX.search(request):
                            asked.append(request)

        threading.Thread(target=listen, daemon=True).start()
        yield int(server.getsockname()[1])
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
