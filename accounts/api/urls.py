from accounts.api.access_slips import AccessSlipViewSet
from accounts.api.invitations import AcceptInvitationViewSet, InvitationViewSet
from accounts.api.me import MeViewSet
from accounts.api.own_access import OwnAccessViewSet, SessionViewSet
from accounts.api.role_grants import RoleGrantViewSet
from accounts.api.sign_in import OidcSignInViewSet, SignInViewSet
from accounts.api.users import UserViewSet
from core.api.routing import ApiRouter


def register(api: ApiRouter) -> None:
    """Add this room's resources to the API of an area and of the platform."""
    api.add_single("me", MeViewSet)
    api.register("auth", SignInViewSet, basename="sign-in")
    api.register("auth", OwnAccessViewSet, basename="own-access")
    api.add("sessions", SessionViewSet)
    api.add("users", UserViewSet)
    api.add("role-grants", RoleGrantViewSet)
    api.register("invitations", AcceptInvitationViewSet, basename="accept-invitation")
    api.add("invitations", InvitationViewSet)
    api.add("access-slips", AccessSlipViewSet)


def register_in_area(api: ApiRouter) -> None:
    """Add what only an area has."""
    api.register("auth", OidcSignInViewSet, basename="oidc-sign-in")
