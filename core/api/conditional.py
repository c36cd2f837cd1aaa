"""Answers that are not sent again while they hold: `ETag` and `If-None-Match`."""

import hashlib

from django.utils.cache import get_conditional_response
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.renderers import dump_json

CONDITIONAL_PARAMETERS = [
    OpenApiParameter(
        "If-None-Match",
        {"type": "string", "maxLength": 200},
        "header",
        description="the ETag that was read: 304 without a body if it still holds",
    ),
    OpenApiParameter(
        "ETag",
        str,
        "header",
        response=[200, 304],
        description="the same as long as nothing changed",
    ),
]
NOT_MODIFIED = OpenApiResponse(description="Nothing has changed since the ETag in If-None-Match.")


def unless_known(request: Request, response: Response) -> Response:
    """This answer with an ETag of its content; or 304, if it is the one that was asked about."""
    digest = hashlib.sha256(dump_json(response.data)).hexdigest()
    response["ETag"] = f'"{digest[:32]}"'
    response["Cache-Control"] = "private, no-cache"
    found = get_conditional_response(request._request, response["ETag"], None, response)
    if found is None or found is response:
        return response
    return Response(status=304, headers=dict(found.items()))
