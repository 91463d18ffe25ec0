"""Rows that every deployment starts with.

The service account 777000 sends login codes and notices; clients know it by its id.
"""

from __future__ import annotations

from typing import Final

from layers.context import Services
from layers.database import insert_ignore
from layers.domain.peers import SERVICE_USER_ID
from layers.schema import box_states, users

SERVICE_NAME: Final = "Cirrusgram"
SERVICE_PHONE: Final = "42777"


def seed(services: Services) -> None:
    """Create what is missing; called at each start, after the migrations, by any number of nodes."""
    with services.database.transaction(writes=True) as db:
        row = {
            "id": SERVICE_USER_ID,
            "phone": SERVICE_PHONE,
            "first_name": SERVICE_NAME,
            "last_name": "",
            "about": "",
            "lang_code": "en",
            "created_at": int(services.clock()),
            "verified": True,
        }
        insert_ignore(db, users, row)
        insert_ignore(db, box_states, {"owner_id": SERVICE_USER_ID})
