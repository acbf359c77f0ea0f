"""The ASGI application: pages and REST over HTTP, live messages over WebSocket."""

from __future__ import annotations

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "apps.config.settings")
http = get_asgi_application()  # before the imports below: they need the apps to be loaded

from apps.accounts.sockets import SocketAuthentication  # noqa: E402
from apps.live.routing import websocket_urlpatterns  # noqa: E402

application = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": SocketAuthentication(URLRouter(websocket_urlpatterns)),
    }
)
