"""The forms of the people page. REST checks the same in its serializers; both call apps.accounts.people."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import Role, User
from apps.core.page_forms import PageForm


class InvitationForm(PageForm):
    username = forms.CharField(
        label=_("Username"),
        max_length=150,
        validators=[User.username_validator],
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("Email (optional)"), required=False, widget=forms.EmailInput({"autocomplete": "off"})
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role.choices,
        help_text=_("Viewers watch. Producers create layouts and run tasks. Admins also manage keys, apps and users."),
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Role.choices)
