"""Everything under `/sandbox/`. Include it only where the sandbox is switched on."""

from __future__ import annotations

from django.urls import include, path

from apps.sandbox.agora import routes as agora
from apps.sandbox.aliyun.live import routes as aliyun_live
from apps.sandbox.aliyun.rtc2 import routes as aliyun
from apps.sandbox.engine import control
from apps.sandbox.engine.media import media
from apps.sandbox.engine.task_media import task_media
from apps.sandbox.volcengine import routes as volcengine

urlpatterns = [
    path("volcengine/", include(volcengine.urlpatterns)),
    path("agora/", include(agora.urlpatterns)),
    path("aliyun/rtc/", include(aliyun.urlpatterns)),
    path("aliyun/live/", include(aliyun_live.urlpatterns)),
    path("control/", include(control.urlpatterns)),
    path("live/<str:vendor>/<str:app_id>/<str:task_id>/<path:path>", task_media),
    path("media/<path:path>", media),
]
