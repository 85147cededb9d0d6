"""HTTP and the browser for tests: patient on a slow machine, and started once.

No test waits for time to pass; the limits here only say when to give up.
"""

import atexit
import contextlib
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from unittest.mock import patch

import requests

from odoo.tests import HttpCase, common

# how many times slower a machine may be than Odoo's own limits take it to be
SLOWNESS = 10
PATIENCE = 600  # seconds


class BrowserCase(HttpCase):
    """Instead of HttpCase."""

    test_cursor_lock_timeout = PATIENCE
    # a late request of the test before is refused, even before setUp
    http_request_key = ""
    http_request_allow_all = False

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(KeptBrowser.end)

    def url_open(self, *args, timeout=PATIENCE, **options):
        return super().url_open(*args, timeout=timeout, **options)

    def _wait_remaining_requests(self, timeout=PATIENCE):
        return super()._wait_remaining_requests(timeout)

    def browser_js(self, *args, **options):
        # to touch is a matter of the whole process
        browser = PatientBrowser if self.touch_enabled else KeptBrowser
        with (
            patch.object(common, "ChromeBrowser", browser),
            patch.object(common, "CHECK_BROWSER_ITERATIONS", 10 * PATIENCE),
        ):
            return super().browser_js(*args, **options)


class PatientBrowser(common.ChromeBrowser):
    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.throttling_factor = SLOWNESS


class KeptBrowser(PatientBrowser):
    """A tab in the one Chromium of a class of tests. Its cache of scripts is kept for
    all classes of this process: to compile them costs more than most tours. Cookies
    and stores go with the tab.
    """

    _running = None
    _folder = None

    def _chrome_start(self, user_data_dir, *args, **options):
        shutil.rmtree(user_data_dir)
        kept = KeptBrowser
        if not kept._folder:
            kept._folder = tempfile.mkdtemp(suffix="_chrome_odoo")
            atexit.register(shutil.rmtree, kept._folder, ignore_errors=True)
        # where Odoo looks for the port of the one that starts
        self.user_data_dir = kept._folder
        if not kept._running or kept._running[0].poll() is not None:
            Path(kept._folder, "DevToolsActivePort").unlink(missing_ok=True)
            kept._running = super()._chrome_start(kept._folder, *args, **options)
        return kept._running

    @staticmethod
    def end():
        """End the one that runs; what it cached stays."""
        if KeptBrowser._running:
            chrome, _port = KeptBrowser._running
            KeptBrowser._running = None
            chrome.terminate()
            try:
                chrome.wait(60)
            except subprocess.TimeoutExpired:
                chrome.kill()
                chrome.wait()

    def _open_websocket(self):
        address = f"http://{common.HOST}:{self.devtools_port}/json/new?about:blank"
        tab = requests.put(address, timeout=PATIENCE).json()
        socket = common.websocket.create_connection(
            tab["webSocketDebuggerUrl"], enable_multithread=True, suppress_origin=True
        )
        socket.settimeout(0.01)
        return socket

    def stop(self):
        try:
            self._forget()
        except Exception:
            self._logger.warning("This tab cannot be emptied", exc_info=True)
            self.end()
        self._result.cancel()
        with contextlib.suppress(Exception):  # it may be gone already
            self._websocket_send("Page.close")
            self.ws.close()
        if self.sigxcpu_handler:
            signal.signal(signal.SIGXCPU, self.sigxcpu_handler)

    def _forget(self):
        """Leave the page, and nothing of it but the cache."""
        stores = "local_storage,indexeddb,service_workers,cache_storage"
        origin = {"origin": self.test_case.base_url(), "storageTypes": stores}
        for method, params in (
            ("Page.navigate", {"url": "about:blank"}),
            ("Network.clearBrowserCookies", {}),
            ("Storage.clearDataForOrigin", origin),
        ):
            self._websocket_request(method, params=params)
