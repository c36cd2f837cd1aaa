from django.db import models

from core.models import Resource


class Mark(Resource):
    """An effect. Names are meant to be unique but not held so: a doubled effect has to show."""

    name = models.CharField(max_length=80)
    process = models.IntegerField()  # whose work it is

    class Meta:
        db_table = "drills_mark"
