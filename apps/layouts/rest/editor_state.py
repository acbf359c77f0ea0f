"""REST: layouts/{id}/editor-state/."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.permissions import RolePermission
from apps.accounts.scoping import TeamViewSet
from apps.layouts import editor_state
from apps.layouts.models import LayoutTemplate
from apps.layouts.rest.editor_state_serializers import EditorStateSerializer


class EditorStateViewSet(TeamViewSet):
    """Guides, groups and samples beside a layout. PUT replaces all of it: what is left out is gone."""

    queryset = LayoutTemplate.objects.all()
    serializer_class = EditorStateSerializer
    permission_classes = [RolePermission]
    pagination_class = None
    http_method_names = ["get", "put", "head", "options"]

    def retrieve(self, request: Request, pk: str | None = None) -> Response:
        return Response(editor_state.get_state(self.get_object()))

    def update(self, request: Request, pk: str | None = None) -> Response:
        """412 where somebody changed it since: read it again, merge both, send that."""
        serializer = EditorStateSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        value = dict(serializer.validated_data)
        return Response(editor_state.save_state(self.get_object(), value, value.pop("revision")))
