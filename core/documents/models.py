"""A file that was made for someone, kept for some days."""

from django.db import models

from core.ids import new_id


class Document(models.Model):
    """Never changes. Who may read it is asked of what it is about, each time it is read."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=60)  # see core.documents.kinds
    subject_id = models.UUIDField()
    file_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.file_name
