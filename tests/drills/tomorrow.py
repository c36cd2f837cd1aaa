"""The settings of a later version of the code, whose migrations no area has yet."""

from tests.drills.settings import *  # noqa: F403
from tests.drills.settings import MIGRATION_MODULES

MIGRATION_MODULES = {**MIGRATION_MODULES, "monitoring": "tests.tenants.migrations.tomorrow"}
