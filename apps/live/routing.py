from django.urls import path

from apps.live.consumers import TeamConsumer

websocket_urlpatterns = [path("ws/live/", TeamConsumer.as_asgi())]
