"""Stored files.

The bytes of a document are the ordered part objects below ``blob_prefix`` in blob storage (``<blob_prefix>/<part>``,
every part but the last of ``part_size`` bytes): an upload is never assembled. Several documents may share one upload.
"""

from __future__ import annotations

import sqlalchemy as sa

from layers.schema.base import DIGEST, big, integer, table, text, tl

photos = table(
    "photos",
    big("id", primary_key=True, autoincrement=False),
    big("owner_id"),
    integer("date"),
    tl("photo"),
    text("blob_prefix", 128),
    sa.Index("ix_photos_owner_id", "owner_id"),
)
"""``photo``: a TL photo with access_hash 0 and no file_reference (both depend on the viewer).

Size ``t``'s bytes are at ``<blob_prefix>/<t>`` as one object.
"""

documents = table(
    "documents",
    big("id", primary_key=True, autoincrement=False),
    big("owner_id"),
    integer("date"),
    tl("document"),
    text("blob_prefix", 128),
    big("size"),
    integer("part_size"),
    sa.Column("sha256", DIGEST, nullable=True),
    sa.Index("ix_documents_owner_id_sha256", "owner_id", "sha256"),
)
"""``document``: a TL document with access_hash 0 and no file_reference. Thumbs: ``thumbs/<id>/<type>``."""
