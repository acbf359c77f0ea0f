"""REST views of tasks, and of the plan of a layout for a product."""

from __future__ import annotations

import json
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.models import User
from apps.accounts.permissions import RolePermission
from apps.core.pagination import KeyPagination
from apps.layouts.models import LayoutTemplate
from apps.tasks import selectors, services
from apps.tasks.inputs import ChangeOnAir, NewTask, PlanRequest
from apps.tasks.models import State, Task, TaskEvent
from apps.tasks.planning import previews
from apps.tasks.rest.serializers import (
    ApplySerializer,
    ExportSerializer,
    PlannedChangeSerializer,
    PlanSerializer,
    TaskEventSerializer,
    TaskSerializer,
)
from apps.vendors import registry


def person(request: Request) -> User | None:
    return request.user if isinstance(request.user, User) else None


class TaskFilter(django_filters.FilterSet):
    state = django_filters.MultipleChoiceFilter(choices=State.choices)
    product = django_filters.ChoiceFilter(choices=[(product, product) for product in registry.products()])
    app = django_filters.UUIDFilter(field_name="app_id")
    layout = django_filters.UUIDFilter(field_name="layout_id")
    room = django_filters.CharFilter()
    q = django_filters.CharFilter(method="search")

    class Meta:
        model = Task
        fields: list[str] = []

    def search(self, rows: QuerySet[Task], name: str, value: str) -> QuerySet[Task]:
        return selectors.search(rows, value)


class EventPagination(KeyPagination):
    """Oldest first: a ledger is read from its beginning."""

    ordering = "id"


class TaskViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    viewsets.GenericViewSet,
):
    serializer_class = TaskSerializer
    permission_classes = [RolePermission]
    filterset_class = TaskFilter
    queryset = Task.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Task]:
        if getattr(self, "swagger_fake_view", False):
            return Task.objects.none()
        return selectors.tasks_of(self.request.team)  # type: ignore[attr-defined]

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "team": getattr(self.request, "team", None)}

    def create(self, request: Request) -> Response:
        """A draft. `start` makes it run."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        task = services.create_task(
            team=request.team,  # type: ignore[attr-defined]
            user=person(request),
            inputs=NewTask(**serializer.validated_data),
        )
        return self.row(task, status.HTTP_201_CREATED)

    def partial_update(self, request: Request, pk: str) -> Response:
        """Changes a draft."""
        task = self.get_object()
        serializer = self.get_serializer(task, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        changes = {key: value for key, value in serializer.validated_data.items() if key in services.DRAFT_FIELDS}
        return self.row(services.change_task(task, user=person(request), **changes), status.HTTP_200_OK)

    def destroy(self, request: Request, pk: str) -> Response:
        """Deletes a draft; what ran stays in the ledger."""
        services.delete_task(self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses={202: TaskSerializer})
    @action(detail=True, methods=["post"])
    def start(self, request: Request, pk: str) -> Response:
        return self.row(services.start_task(self.get_object(), user=person(request)))

    @extend_schema(request=None, responses={202: TaskSerializer})
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, pk: str) -> Response:
        return self.row(services.stop_task(self.get_object(), user=person(request)))

    @extend_schema(request=ApplySerializer, responses={202: TaskSerializer})
    @action(detail=True, methods=["post"], url_path="apply-layout")
    def apply_layout(self, request: Request, pk: str) -> Response:
        serializer = ApplySerializer(data=request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return self.row(
            services.apply_layout(
                self.get_object(), user=person(request), change=ChangeOnAir(**serializer.validated_data)
            )
        )

    @extend_schema(request=ApplySerializer, responses=PlannedChangeSerializer)
    @action(detail=True, methods=["post"], url_path="plan-update")
    def plan_update(self, request: Request, pk: str) -> Response:
        """What `apply-layout` would send and change, in words. Nothing is sent or stored."""
        serializer = ApplySerializer(data=request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return Response(services.preview_change(self.get_object(), ChangeOnAir(**serializer.validated_data)))

    @extend_schema(request=None, responses={202: TaskSerializer})
    @action(detail=True, methods=["post"])
    def poll(self, request: Request, pk: str) -> Response:
        """Asks the cloud now."""
        return self.row(services.poll_now(self.get_object()))

    @extend_schema(responses=TaskEventSerializer(many=True))
    @action(detail=True, methods=["get"], filterset_class=None, pagination_class=EventPagination)
    def events(self, request: Request, pk: str) -> Response:
        """The ledger, oldest first."""
        rows = TaskEvent.objects.filter(task=self.get_object()).select_related("actor")
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(TaskEventSerializer(page, many=True).data)

    @extend_schema(responses={(200, "application/json"): OpenApiTypes.OBJECT})
    @action(detail=True, methods=["get"])
    def bundle(self, request: Request, pk: str) -> HttpResponse:
        """The whole ledger as one redacted file, for the vendor's support."""
        task = self.get_object()
        content = json.dumps(selectors.bundle(task), ensure_ascii=False, indent=1)
        response = HttpResponse(content, content_type="application/json")
        response["Content-Disposition"] = f'attachment; filename="task-{task.pk}.json"'
        return response

    def row(self, task: Task, code: int = status.HTTP_202_ACCEPTED) -> Response:
        return Response(self.get_serializer(task).data, status=code)


class ExportView(viewsets.GenericViewSet):
    """What a product makes of a layout: the requests of a start, and the findings. Nothing is sent or stored."""

    serializer_class = ExportSerializer
    permission_classes = [RolePermission]
    queryset = LayoutTemplate.objects.none()
    pagination_class = None
    action_roles = {"post": "viewer"}

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "team": getattr(self.request, "team", None)}

    @extend_schema(request=ExportSerializer, responses=PlanSerializer, operation_id="layouts_export")
    def post(self, request: Request, pk: str) -> Response:
        layout = get_object_or_404(LayoutTemplate, team=request.team, pk=pk)  # type: ignore[attr-defined]
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        plan_request = PlanRequest(**serializer.validated_data)
        return Response(previews.preview(request.team, plan_request, layout.document))  # type: ignore[attr-defined]


router_entries: list[tuple[str, Any, str]] = [("tasks", TaskViewSet, "task")]
urlpatterns = [path("layouts/<uuid:pk>/export/", ExportView.as_view({"post": "post"}), name="layout-export")]
