from core.api.routing import ApiRouter


def register(api: ApiRouter) -> None:
    """Add this room's resources to the API."""
