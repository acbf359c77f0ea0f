"""REST: credentials/ (admins only) and apps/ (everybody in the team reads, admins change)."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.permissions import AdminPermission, AdminWritesPermission
from apps.accounts.scoping import TeamViewSet
from apps.credentials import services, subscriptions
from apps.credentials.models import App, Credential
from apps.credentials.serializers import (
    AppSerializer,
    CredentialSerializer,
    CredentialTestSerializer,
    RotateSerializer,
    SubscribeSerializer,
    SubscriptionSerializer,
)


class CredentialViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.CreateModelMixin, mixins.UpdateModelMixin, TeamViewSet
):
    queryset = Credential.objects.all()
    serializer_class = CredentialSerializer
    permission_classes = [AdminPermission]
    filterset_fields: ClassVar[list[str]] = ["vendor", "status"]

    def perform_create(self, serializer: Any) -> None:
        serializer.instance = services.create_credential(team=self.team, **serializer.validated_data)

    def perform_update(self, serializer: Any) -> None:
        serializer.instance = services.update_credential(serializer.instance, **serializer.validated_data)

    def destroy(self, request: Request, pk: str | None = None) -> Response:
        services.delete_credential(self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=CredentialTestSerializer)
    @action(detail=True, methods=["post"])
    def test(self, request: Request, pk: str | None = None) -> Response:
        """Proves the keys with the vendor's cheapest read-only call; the answer is 200 also when they fail."""
        return Response(CredentialTestSerializer(services.test_credential(self.get_object())).data)

    @extend_schema(request=RotateSerializer, responses=CredentialTestSerializer)
    @action(detail=True, methods=["post"])
    def rotate(self, request: Request, pk: str | None = None) -> Response:
        """Tries new keys and, only if the vendor takes them, stores them. `ok` says which of the two happened."""
        credential = self.get_object()
        serializer = RotateSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        result = services.rotate_credential(credential, serializer.validated_data["keys"])
        return Response(CredentialTestSerializer(result).data)


class AppViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, mixins.CreateModelMixin, mixins.UpdateModelMixin, TeamViewSet
):
    queryset = App.objects.select_related("credential")
    serializer_class = AppSerializer
    permission_classes = [AdminWritesPermission]
    filterset_fields: ClassVar[list[str]] = ["credential__vendor", "vendor_app_id"]

    def perform_create(self, serializer: Any) -> None:
        serializer.instance = services.create_app(team=self.team, **renamed(serializer.validated_data))

    def perform_update(self, serializer: Any) -> None:
        serializer.instance = services.update_app(serializer.instance, **renamed(serializer.validated_data))

    def destroy(self, request: Request, pk: str | None = None) -> Response:
        services.delete_app(self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=SubscribeSerializer, responses=SubscriptionSerializer)
    @action(detail=True, methods=["post"])
    def subscribe(self, request: Request, pk: str | None = None) -> Response:
        """Tells the cloud to send the product's callbacks here; 409 when they go elsewhere, unless `replace`."""
        app = self.get_object()
        serializer = SubscribeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(SubscriptionSerializer(subscriptions.subscribe(app, **serializer.validated_data)).data)


def renamed(values: dict[str, Any]) -> dict[str, Any]:
    """`settings` is `app_settings` to the services, where `settings` are Django's."""
    return {("app_settings" if name == "settings" else name): value for name, value in values.items()}


router_entries: list[tuple[str, Any, str]] = [
    ("credentials", CredentialViewSet, "credential"),
    ("apps", AppViewSet, "app"),
]
