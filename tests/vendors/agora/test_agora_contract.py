"""What every adapter must do."""

from __future__ import annotations

from apps.vendors.agora.transcoder.adapter import AgoraTranscoderAdapter
from tests.vendors.agora.cases import APP, OUTPUT
from tests.vendors.contract import AdapterContract


class TestAgoraTranscoder(AdapterContract):
    adapter_class = AgoraTranscoderAdapter
    app = APP
    output = OUTPUT
    silent = frozenset({"Update"})
