"""What cards of figures need in templates."""

from django import template

from traboule.web.coordinator.figure_cards import Card, scale_in_words

register = template.Library()


@register.simple_tag
def scale_ends(card: Card) -> tuple[str, str]:
    """What stands at both ends of the line of a figure."""
    return scale_in_words(card)
