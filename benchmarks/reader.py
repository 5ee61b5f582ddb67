"""A reader without a browser: speaks Streamlit's websocket protocol as its own client does.

Used by the load benchmark, and by the tests that try what a stranger may do.
"""

from __future__ import annotations

import asyncio
import json
import urllib.request
import uuid
from collections.abc import Iterator, Mapping
from typing import Any, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string
from websockets.asyncio.client import ClientConnection, connect

TEXTS = ("body", "code_text", "label", "text")  # what an element says, whichever it has
LARGEST = 64 * 1024 * 1024  # bytes of one message


class Reader:
    """One session. `elements` is what stands on the page, by its place in it.

    Parameters
    ----------
    address
        Of the server, such as http://127.0.0.1:8501.
    headers
        Sent when connecting, beside those of any websocket; "Host" replaces the usual one.
    """

    def __init__(self, address: str, headers: Mapping[str, str] | None = None) -> None:
        self.address, self.headers = address, dict(headers or {})
        self.elements: dict[tuple[int, ...], Element] = {}
        self.fragments: dict[str, str] = {}  # id of a widget to that of its fragment
        self.states: dict[str, WidgetState] = {}
        self.session_id = self.page = self.query = ""
        self.token = generate_xsrf_token_string()  # sent twice, which only its own page could do
        cookies = (self.headers.pop("Cookie", ""), f"_streamlit_xsrf={self.token}")
        self.headers["Cookie"] = "; ".join(filter(None, cookies))
        self.received = 0  # bytes
        self._socket: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        await self.visit()
        await self.connect()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.leave()

    async def visit(self) -> None:
        """Ask for the page itself, as a browser does before it connects; keeps the cookies."""
        request = urllib.request.Request(self.address, headers={"Cookie": self.headers["Cookie"]})
        answer = await asyncio.to_thread(urllib.request.urlopen, request)
        given = [cookie.partition(";")[0] for cookie in answer.headers.get_all("Set-Cookie") or ()]
        self.headers["Cookie"] = "; ".join([self.headers["Cookie"], *given])

    async def connect(self) -> None:
        """Connect, or connect anew to the same session where the server still has it."""
        host, _, port = self.address.rpartition("//")[2].partition(":")
        headers = dict(self.headers)
        named = headers.pop("Host", f"{host}:{port}")
        protocols = ["streamlit", self.token, *filter(None, [self.session_id])]
        self._socket = await connect(
            f"ws://{named}/_stcore/stream",
            host=host,
            port=int(port),
            subprotocols=protocols,
            additional_headers=headers,
            max_size=LARGEST,
            compression=None,
            proxy=None,
            open_timeout=60,
        )

    async def open(self, page: str = "", query: str = "") -> None:
        """Open a page by its name, "" being the first, as a click on a link does."""
        message = BackMsg()
        message.rerun_script.page_name, self.query = page, query
        await self._run(message)

    async def change(self, **values: Any) -> None:
        """Change widgets by their key, as a reader would; True presses a button."""
        await self.begin(**values)
        while not await self.hear():
            pass

    async def begin(self, **values: Any) -> None:
        """Change widgets as `change` does, and do not wait for what comes of it."""
        message = BackMsg()
        pressed = []
        for key, value in values.items():
            widget = self.widget(key)
            state = _state(widget, value)
            if state.WhichOneof("value") == "trigger_value":
                pressed.append(state)
            else:
                self.states[widget] = state
            if widget in self.fragments:
                message.rerun_script.fragment_id = self.fragments[widget]
        message.rerun_script.page_script_hash = self.page
        message.rerun_script.widget_states.widgets.extend([*self.states.values(), *pressed])
        await self._run(message, wait=False)

    async def leave(self) -> None:
        """Close the page, as a reader does."""
        if self._socket:
            await self._socket.close()

    async def send(self, values: Mapping[str, Any]) -> None:
        """Send states of widgets by their full ids, whether the page shows them or not."""
        message = BackMsg()
        message.rerun_script.page_script_hash = self.page
        message.rerun_script.widget_states.widgets.extend(
            _state(widget, value) for widget, value in values.items()
        )
        await self._run(message)

    async def _run(self, message: BackMsg, *, wait: bool = True) -> None:
        if self._socket is None:
            raise RuntimeError("not connected")
        message.rerun_script.query_string = self.query
        message.rerun_script.context_info.url = f"{self.address}/"
        await self._socket.send(message.SerializeToString())
        while wait and not await self.hear():
            pass

    async def hear(self) -> bool:
        """Take in the server's next message; tells whether the page is whole."""
        if self._socket is None:
            raise RuntimeError("not connected")
        told = ForwardMsg()
        content = await asyncio.wait_for(self._socket.recv(), timeout=60)
        self.received += len(content)
        told.ParseFromString(content)
        match told.WhichOneof("type"):
            case "new_session":
                session = told.new_session
                self.session_id = session.initialize.session_id or self.session_id
                self.page = session.page_script_hash
                if not told.metadata.run.fragment_ids:
                    self.elements, self.fragments = {}, {}
            case "delta":
                self._take(told)
            case "navigation":
                self.page = told.navigation.page_script_hash
            case "page_info_changed":
                self.query = told.page_info_changed.query_string
            case "script_finished":
                return told.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return False

    def _take(self, told: ForwardMsg) -> None:
        place = tuple(told.metadata.delta_path)
        if told.delta.WhichOneof("type") != "new_element":
            return
        self.elements[place] = told.delta.new_element
        if told.delta.fragment_id:
            widget = getattr(_inside(told.delta.new_element), "id", "")
            self.fragments[widget] = told.delta.fragment_id

    def texts(self) -> Iterator[str]:
        """Give every text on the page, in order of nothing in particular."""
        for element in self.elements.values():
            inside = _inside(element)
            yield str(next(filter(None, (getattr(inside, name, "") for name in TEXTS)), ""))

    def widgets(self) -> Iterator[str]:
        """Give the full id of every widget on the page."""
        yield from filter(None, (getattr(_inside(one), "id", "") for one in self.elements.values()))

    def widget(self, key: str) -> str:
        """Find the full id of a widget by its key, its label, or what it is."""
        for element in self.elements.values():
            inside = _inside(element)
            widget = str(getattr(inside, "id", ""))
            names = (element.WhichOneof("type"), getattr(inside, "label", ""))
            if widget and (widget.endswith(f"-{key}") or key in names):
                return widget
        raise LookupError(f"no widget {key!r} on the page")

    async def upload(self, name: str, content: bytes) -> dict[str, Any]:
        """Upload a file to this session; gives what the state of an uploader holds of it."""
        file = str(uuid.uuid4())
        url = f"{self.address}/_stcore/upload_file/{self.session_id}/{file}"
        border = uuid.uuid4().hex
        part = f'--{border}\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\n\r\n'
        body = part.encode() + content + f"\r\n--{border}--\r\n".encode()
        head = {
            "Content-Type": f"multipart/form-data; boundary={border}",
            "Cookie": self.headers["Cookie"],
            "X-Xsrftoken": self.token,
        }
        request = urllib.request.Request(url, body, head, method="PUT")
        await asyncio.to_thread(urllib.request.urlopen, request)
        return {"file_id": file, "name": name, "size": len(content)}


def _inside(element: Element) -> Any:
    kind = element.WhichOneof("type")
    return getattr(element, kind) if kind else element


def _state(widget: str, value: Any) -> WidgetState:
    state = WidgetState(id=widget)
    match value:
        case True:
            state.trigger_value = True
        case str():
            state.string_value = value
        case float():
            state.double_array_value.data.append(value)
        case dict():
            state.json_value = json.dumps(value)
        case [str(), *_]:
            state.string_array_value.data.extend(value)
        case list():
            for file in value:
                info = state.file_uploader_state_value.uploaded_file_info.add()
                info.file_id, info.name, info.size = file["file_id"], file["name"], file["size"]
                info.file_urls.file_id = file["file_id"]
    return state
