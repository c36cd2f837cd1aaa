"""The settings of a later version of the code, whose migrations no area has yet."""

from tests.drills.settings import *  # noqa: F403

MIGRATION_MODULES = {"monitoring": "tests.tenants.migrations.tomorrow"}
