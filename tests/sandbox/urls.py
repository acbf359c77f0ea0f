"""The sandbox alone. Aliyun's emulators also at the root, told apart by version: that vendor's SDKs know no other path."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from apps.sandbox.aliyun.live import routes as live
from apps.sandbox.aliyun.rtc2 import routes as rtc


@csrf_exempt
def aliyun(request: HttpRequest) -> HttpResponse:
    version = request.headers.get("x-acs-version") or request.GET.get("Version")
    return live.endpoint(request) if version == live.LIVE.version else rtc.endpoint(request)


urlpatterns = [path("sandbox/", include("apps.sandbox.urls")), path("", aliyun)]
