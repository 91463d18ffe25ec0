"""Documents by what they hold: https://core.telegram.org/method/messages.getDocumentByHash."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

import tl
from layers.context import Context
from layers.domain.peers import SERVICE_USER_ID
from layers.domain.viewer_media import for_viewer
from layers.errors import bad_request
from layers.registry import FloodLimit, function
from layers.schema import documents, kept_documents
from tl import api

_DIGEST_LENGTH: Final = 32


@function(api.messages.GetDocumentByHash, flood=FloodLimit(300, 60))
def get_document_by_hash(ctx: Context, request: api.messages.GetDocumentByHash) -> api.TypeDocument:
    """The caller's document with this content, so that it need not be uploaded again; documentEmpty without one.

    Only what he has: his own uploads, the stickers and GIFs that he keeps, the operator's files. That a file is known
    to somebody else is nothing he may learn.
    """
    if len(request.sha256) != _DIGEST_LENGTH:
        raise bad_request("SHA256_HASH_INVALID")
    same = [documents.c.sha256 == request.sha256, documents.c.size == request.size]
    own = sa.select(documents.c.id, documents.c.document).where(
        documents.c.owner_id.in_([ctx.user_id, SERVICE_USER_ID]), *same
    )
    kept = (
        sa.select(documents.c.id, documents.c.document)
        .select_from(kept_documents)
        .join(documents, documents.c.id == kept_documents.c.document_id)
        .where(kept_documents.c.owner_id == ctx.user_id, *same)
    )
    for statement in (own, kept):
        for row in ctx.db.rows(statement.order_by(documents.c.id)):
            document = tl.decode(row.document)
            if isinstance(document, api.Document) and document.mime_type == request.mime_type:
                return for_viewer(ctx, ctx.user_id, document)
    return api.DocumentEmpty(id=0)
