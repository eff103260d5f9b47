"""What is the same on every page is rendered once."""

import pytest
from django.template import Context, engines
from django.urls import set_script_prefix
from django.utils import translation

from conditions.templatetags import once


def template(inside):
    return engines["django"].from_string("{% load once %}{{ name }}{% once %}" + inside + "{% endonce %}").template


def test_it_is_rendered_once_a_language(monkeypatch):
    page = template('{% url "find" %} {% translate "Yes" %}')
    assert page.render(Context({"name": "A"})) == "A/find/ Yes"
    with translation.override("es"):
        assert page.render(Context({"name": "B"})) == "B/find/ Sí"
    monkeypatch.setattr(once.template.NodeList, "render", None)
    (node,) = page.nodelist.get_nodes_by_type(once.Once)
    assert node.render(Context()) == "/find/ Yes"


def test_another_prefix_of_the_addresses_is_another_page():
    page = template('{% url "find" %}')
    assert page.render(Context()) == "/find/"
    set_script_prefix("/site/")
    try:
        assert page.render(Context()) == "/site/find/"
    finally:
        set_script_prefix("/")


@pytest.mark.parametrize("inside", ["{{ name }}", "{{ request.path }}", "{% if name %}x{% endif %}"])
def test_nothing_of_the_request_can_be_kept(inside):
    assert template(inside).render(Context({"name": "A"})) == "A"
