from core.api.problems import NotAuthenticatedError
from core.errors import DomainError
from core.text import Text


class SignInFailedError(NotAuthenticatedError):
    """One answer for an unknown name, a wrong secret and a closed account."""

    code = "sign_in_failed"
    title = Text("ลงชื่อเข้าใช้ไม่สำเร็จ", "Sign-in failed")
    detail = Text(
        "ชื่อผู้ใช้หรือรหัสไม่ถูกต้อง กรุณาตรวจสอบแล้วลองใหม่ หรือขอตั้งรหัสผ่านใหม่",
        "The name or the secret is wrong. Check both and try again, or ask for a new password.",
    )


class OidcRefusedError(NotAuthenticatedError):
    """One answer for a token that is wrong and for one that nobody's account belongs to."""

    code = "oidc_refused"
    title = Text("ลงชื่อเข้าใช้ด้วยบัญชีภายนอกไม่สำเร็จ", "Single sign-on failed")
    detail = Text(
        "บัญชีนี้ไม่ตรงกับผู้ใช้ในเขตพื้นที่ หรือหมดเวลา กรุณาเริ่มใหม่ หรือลงชื่อเข้าใช้ด้วยรหัสผ่าน",
        "The token is wrong, used or too old, or belongs to nobody here. "
        "Start again, or sign in with your password.",
    )


class OidcNotSetError(DomainError):
    code = "oidc_not_set"
    title = Text("เขตพื้นที่นี้ไม่ใช้บัญชีภายนอก", "The area has no single sign-on")
    detail = Text(
        "กรุณาลงชื่อเข้าใช้ด้วยรหัสบุคลากรหรืออีเมลและรหัสผ่าน",
        "Sign in with staff code or e-mail address and password.",
    )


class IssuerUnavailableError(DomainError):
    code = "issuer_unavailable"
    status = 503
    title = Text("ติดต่อผู้ให้บริการบัญชีภายนอกไม่ได้", "The issuer cannot be reached")
    detail = Text(
        "กรุณาลองใหม่ภายหลัง หรือลงชื่อเข้าใช้ด้วยรหัสผ่าน",
        "Try again later, or sign in with your password.",
    )


class SignInExpiredError(NotAuthenticatedError):
    code = "sign_in_expired"
    title = Text("หมดเวลาลงชื่อเข้าใช้", "The sign-in has expired")
    detail = Text(
        "กรุณาเริ่มลงชื่อเข้าใช้ใหม่ด้วยรหัสผ่าน",
        "Start again with the password.",
    )


class LinkInvalidError(DomainError):
    """One answer for a link that is unknown, used, revoked or too old."""

    code = "personal_link_invalid"
    status = 404
    title = Text("ลิงก์ใช้ไม่ได้", "The link is not valid")
    detail = Text(
        "ลิงก์ไม่ถูกต้อง ถูกใช้ไปแล้ว หรือหมดอายุ กรุณาขอลิงก์ใหม่",
        "The link is wrong, used or has expired. Ask for a new one.",
    )


class TotpActiveError(DomainError):
    code = "totp_active"
    title = Text("เปิดใช้รหัสยืนยันสองขั้นตอนอยู่แล้ว", "TOTP is on")
    detail = Text(
        "หากต้องการเปลี่ยนเครื่อง กรุณาปิดของเดิมก่อน",
        "Deactivate it first, then set it up on the new device.",
    )


class TotpNotActiveError(DomainError):
    code = "totp_not_active"
    title = Text("ยังไม่ได้ตั้งค่ารหัสยืนยันสองขั้นตอน", "TOTP is not set up")
    detail = Text(
        "กรุณาเริ่มตั้งค่ารหัสยืนยันสองขั้นตอนก่อน",
        "Start with the set-up of TOTP.",
    )


class LastChiefError(DomainError):
    code = "last_administrator"
    title = Text("ต้องมีผู้ดูแลระบบอย่างน้อยหนึ่งคน", "Someone must remain in charge")
    detail = Text(
        "ผู้นี้เป็นผู้ดูแลระบบคนสุดท้าย กรุณาแต่งตั้งผู้อื่นก่อน",
        "This is the last administrator. Grant the role to someone else first.",
    )


class AlreadyInvitedError(DomainError):
    code = "already_invited"
    title = Text("เชิญไว้แล้ว", "Already invited")
    detail = Text(
        "อีเมลนี้มีคำเชิญที่ยังใช้ได้ หากต้องการเชิญใหม่ กรุณายกเลิกคำเชิญเดิมก่อน",
        "This address has an open invitation. Revoke that one to invite anew.",
    )


class AccountExistsError(DomainError):
    code = "account_exists"
    title = Text("มีบัญชีอยู่แล้ว", "The account exists")
    detail = Text(
        "อีเมลหรือรหัสบุคลากรนี้มีบัญชีแล้ว กรุณามอบบทบาทให้บัญชีเดิม",
        "This address or staff code has an account. Grant that account the role.",
    )


class InvitationClosedError(DomainError):
    code = "invitation_closed"
    title = Text("คำเชิญถูกตอบรับแล้ว", "The invitation was accepted")
    detail = Text(
        "ผู้รับเชิญมีบัญชีแล้ว หากต้องการยกเลิกสิทธิ์ กรุณาสิ้นสุดบทบาทของบัญชีนั้น",
        "The person has an account by now. To take the role away, end its grant.",
    )
