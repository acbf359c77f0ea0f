from django.urls import path

from apps.callbacks.views import receive

urlpatterns = [path("<slug:product>/<uuid:app_id>/<str:secret_path>/", receive, name="callback")]
