"""The former names, for apps/tasks/pages until they import the new ones."""

from apps.core.pagination import paginate as by_key
from apps.core.query_params import valid_id

__all__ = ["by_key", "valid_id"]
