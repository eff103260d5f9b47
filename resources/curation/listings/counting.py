"""How many listings a question has, for many questions in one query, and never more rows than a page has words for."""

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db.models import IntegerField, Subquery
from django.utils.functional import cached_property

PAGE = 50
MOST = 10_000  # of the list itself: who has more before them narrows it further
MOST_OF_A_VIEW = 999


class _HowMany(Subquery):
    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
    empty_result_set_value = 0


def counts(questions, by):
    """For each `(queryset, most)` the number of its rows, `most` + 1 standing for more. Asked of one row that is there: the person's."""
    asked = [_HowMany(rows.order_by().values("pk")[: most + 1]) for rows, most in questions]
    return User.objects.filter(pk=by.pk).values_list(*asked)[0]


class Pages(Paginator):
    """Pages of a list whose rows were counted already."""

    def __init__(self, rows, count):
        super().__init__(rows, PAGE)
        self.rows_counted = count

    @cached_property
    def count(self):
        return min(self.rows_counted, MOST)

    @property
    def is_more(self):
        return self.rows_counted > MOST
