"""The sandbox alone. The Aliyun twin also at the root: that vendor's SDK knows no other path."""

from django.urls import include, path

from apps.sandbox.aliyun import routes as aliyun

urlpatterns = [path("sandbox/", include("apps.sandbox.urls")), path("", aliyun.endpoint)]
