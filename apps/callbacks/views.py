"""The address that vendors send callbacks to."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from apps.callbacks import services
from apps.credentials.models import App
from apps.vendors import registry
from apps.vendors.callback import CallbackRequest

MAX_BODY_BYTES = 256 * 1024  # bytes; documented callbacks are below 8 KiB


@csrf_exempt
@require_POST
def receive(request: HttpRequest, product: str, app_id: UUID, secret_path: str) -> HttpResponse:
    """Answers at once as the vendor expects; a job applies the callback."""
    app = App.objects.select_related("credential", "team").filter(pk=app_id).first()
    known = app is not None and constant_time_compare(app.callback_path, secret_path)
    if app is None or not known or product not in registry.products() or registry.adapter(product).vendor != app.vendor:
        raise Http404
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY_BYTES:
        return JsonResponse({"detail": "The body is too large.", "problems": []}, status=413)
    content = request.read(MAX_BODY_BYTES + 1)
    if len(content) > MAX_BODY_BYTES:
        return JsonResponse({"detail": "The body is too large.", "problems": []}, status=413)
    headers = {name.lower(): value for name, value in request.headers.items()}
    callback = CallbackRequest(headers, content, request.GET.dict())
    try:
        services.receive(app, product, callback)
    except services.CallbackRefused:
        return JsonResponse({"detail": "The signature does not hold.", "problems": []}, status=401)
    answer = registry.adapter(product).answer_callback(callback)
    return HttpResponse(answer.content, status=answer.status, content_type=answer.content_type)
