"""Tags for forms whose text is kept while it is typed (see ``web.drafting``)."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def draft_attributes(found: Any) -> SafeString:
    """Attributes of the form: where ``drafts.js`` saves it."""
    return format_html('data-draft="{}"', found.save_at)


@register.inclusion_tag("parts/draft_fields.html", takes_context=True)
def draft_fields(context: Mapping[str, Any], found: Any) -> dict[str, Any]:
    """The hidden fields of a draft, what was found of it, and where "saved" is said."""
    return {"found": found, "request": context.get("request"), "csrf_token": context.get("csrf_token")}
