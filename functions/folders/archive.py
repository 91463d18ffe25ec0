"""The archive: https://core.telegram.org/api/folders#peer-folders."""

from __future__ import annotations

from typing import Final

from layers.context import Context
from layers.domain.archive import move_to_folder
from layers.domain.boxes import open_box
from layers.domain.dialogs import check_folder, rows_of
from layers.domain.peers import access_peer
from layers.domain.updates import answer_and_push
from layers.errors import bad_request
from layers.registry import function
from tl import api

_PEERS_MAX: Final = 100


@function(api.folders.EditPeerFolders, writes=True)
def edit_peer_folders(ctx: Context, request: api.folders.EditPeerFolders) -> api.TypeUpdates:
    """Move chats to the archive (folder 1) or back to the main list (0); a chat that moves is unpinned."""
    if len(request.folder_peers) > _PEERS_MAX:
        raise bad_request("LIMIT_INVALID")
    wanted = {access_peer(ctx, item.peer): check_folder(item.folder_id) for item in request.folder_peers}
    with open_box(ctx, ctx.user_id) as box:
        moved = {
            row.peer_key: wanted[row.peer_key]
            for row in rows_of(ctx, ctx.user_id, wanted)
            if row.top_message_date and row.folder_id != wanted[row.peer_key]
        }
        if moved:
            move_to_folder(ctx, box, moved)
    return answer_and_push(ctx, box)
