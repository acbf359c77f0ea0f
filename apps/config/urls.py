"""Every door of the house."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter

from apps.accounts import api as accounts
from apps.accounts.language import set_language
from apps.archive.rest import views as archive
from apps.config.search import search
from apps.core.http_errors import not_found
from apps.credentials import api as credentials
from apps.layouts.public_assets import serve
from apps.layouts.rest import urls as layouts
from apps.operations.probes import health, healthz
from apps.tasks.rest import views as tasks

APIS = (accounts, credentials, layouts, tasks, archive)

router = SimpleRouter()
for api in APIS:
    for prefix, viewset, basename in api.router_entries:
        router.register(prefix, viewset, basename=basename)

# An app's own routes come before the router's: layouts/import/ is not a layout called "import".
api_patterns: list[URLPattern | URLResolver] = [
    *(pattern for api in APIS for pattern in getattr(api, "urlpatterns", [])),
    *router.urls,
    re_path(r"^", not_found),  # also where the path holds a line feed
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("health/", health, name="health_probe"),
    path("i18n/setlang/", set_language, name="set_language"),
    path("search/", search, name="search"),
    path("a/<str:name>", serve, name="asset"),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="schema"), name="api_docs"),
    path("api/v1/", include(api_patterns)),
    path("callbacks/", include("apps.callbacks.urls")),
    path("", include("apps.accounts.urls")),
    path("", include("apps.credentials.urls")),
    path("", include("apps.layouts.urls")),
    path("", include("apps.tasks.urls")),
    path("", include("apps.archive.urls")),
    path("", include("apps.operations.urls")),
]
if settings.SANDBOX:
    urlpatterns.append(path("sandbox/", include("apps.sandbox.urls")))
