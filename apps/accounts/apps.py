from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    label = "accounts"

    def ready(self) -> None:
        from django.apps import apps

        from apps.accounts import audit

        # The last app's models are loaded before any ready() runs, so all kinds of rows are known here.
        assert apps.models_ready
        audit.register()
