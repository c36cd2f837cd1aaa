"""The columns of KruNet's list."""

import uuid

from django.db import models


class School(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    code = models.CharField(max_length=20)
    name_th = models.CharField(max_length=160)

    def __str__(self) -> str:
        return self.name_th


class Teacher(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    staff_code = models.CharField(max_length=30)
    name_th = models.CharField(max_length=160)
    school = models.ForeignKey(School, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.name_th


class ActivityLog(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    version = models.IntegerField(default=1)
    teacher = models.ForeignKey(Teacher, on_delete=models.PROTECT)
    school = models.ForeignKey(School, on_delete=models.PROTECT)
    occurred_on = models.DateField()
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    minutes = models.IntegerField()
    kind = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    reflection = models.TextField(default="")
    work_scope = models.CharField(max_length=20, default="")
    status = models.CharField(max_length=10, default="submitted")
    return_reason = models.CharField(max_length=500, default="")
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["-occurred_on", "-id"], name="activity_log_newest")]

    def __str__(self) -> str:
        return self.title
