# Written by python -m tl.stubs from the schema; do not edit.
from builtins import bool as _bool, bytes as _bytes, float as _float, int as _int, list as _list, str as _str
from collections.abc import Sequence as _Seq
from typing import Any as _Any, TypeAlias as _A

from tl.objects import TLMethod as _M, TLObject as _O

class ResPQ(_O):
    nonce: _bytes
    server_nonce: _bytes
    pq: _bytes
    server_public_key_fingerprints: _list[_int]
class PQInnerData(_O):
    pq: _bytes
    p: _bytes
    q: _bytes
    nonce: _bytes
    server_nonce: _bytes
    new_nonce: _bytes
class PQInnerDataDc(_O):
    pq: _bytes
    p: _bytes
    q: _bytes
    nonce: _bytes
    server_nonce: _bytes
    new_nonce: _bytes
    dc: _int
class PQInnerDataTemp(_O):
    pq: _bytes
    p: _bytes
    q: _bytes
    nonce: _bytes
    server_nonce: _bytes
    new_nonce: _bytes
    expires_in: _int
class PQInnerDataTempDc(_O):
    pq: _bytes
    p: _bytes
    q: _bytes
    nonce: _bytes
    server_nonce: _bytes
    new_nonce: _bytes
    dc: _int
    expires_in: _int
class BindAuthKeyInner(_O):
    nonce: _int
    temp_auth_key_id: _int
    perm_auth_key_id: _int
    temp_session_id: _int
    expires_at: _int
class ServerDHParamsFail(_O):
    nonce: _bytes
    server_nonce: _bytes
    new_nonce_hash: _bytes
class ServerDHParamsOk(_O):
    nonce: _bytes
    server_nonce: _bytes
    encrypted_answer: _bytes
class ServerDHInnerData(_O):
    nonce: _bytes
    server_nonce: _bytes
    g: _int
    dh_prime: _bytes
    g_a: _bytes
    server_time: _int
class ClientDHInnerData(_O):
    nonce: _bytes
    server_nonce: _bytes
    retry_id: _int
    g_b: _bytes
class DhGenOk(_O):
    nonce: _bytes
    server_nonce: _bytes
    new_nonce_hash1: _bytes
class DhGenRetry(_O):
    nonce: _bytes
    server_nonce: _bytes
    new_nonce_hash2: _bytes
class DhGenFail(_O):
    nonce: _bytes
    server_nonce: _bytes
    new_nonce_hash3: _bytes
class DestroyAuthKeyOk(_O): ...
class DestroyAuthKeyNone(_O): ...
class DestroyAuthKeyFail(_O): ...
class RpcResult(_O):
    req_msg_id: _int
    result: _Any
class RpcError(_O):
    error_code: _int
    error_message: _str
class RpcAnswerUnknown(_O): ...
class RpcAnswerDroppedRunning(_O): ...
class RpcAnswerDropped(_O):
    msg_id: _int
    seq_no: _int
    bytes: _int
class FutureSalt(_O):
    valid_since: _int
    valid_until: _int
    salt: _int
class FutureSalts(_O):
    req_msg_id: _int
    now: _int
    salts: _list[FutureSalt]
class Pong(_O):
    msg_id: _int
    ping_id: _int
class DestroySessionOk(_O):
    session_id: _int
class DestroySessionNone(_O):
    session_id: _int
class NewSessionCreated(_O):
    first_msg_id: _int
    unique_id: _int
    server_salt: _int
class Message(_O):
    msg_id: _int
    seqno: _int
    bytes: _int
    body: _Any
class MsgContainer(_O):
    messages: _list[Message]
class MsgCopy(_O):
    orig_message: TypeMessage
class GzipPacked(_O):
    packed_data: _bytes
class MsgsAck(_O):
    msg_ids: _list[_int]
class BadMsgNotification(_O):
    bad_msg_id: _int
    bad_msg_seqno: _int
    error_code: _int
class BadServerSalt(_O):
    bad_msg_id: _int
    bad_msg_seqno: _int
    error_code: _int
    new_server_salt: _int
class MsgResendReq(_O):
    msg_ids: _list[_int]
class MsgResendAnsReq(_O):
    msg_ids: _list[_int]
class MsgsStateReq(_O):
    msg_ids: _list[_int]
class MsgsStateInfo(_O):
    req_msg_id: _int
    info: _bytes
class MsgsAllInfo(_O):
    msg_ids: _list[_int]
    info: _bytes
class MsgDetailedInfo(_O):
    msg_id: _int
    answer_msg_id: _int
    bytes: _int
    status: _int
class MsgNewDetailedInfo(_O):
    answer_msg_id: _int
    bytes: _int
    status: _int
class HttpWait(_O):
    max_delay: _int
    wait_after: _int
    max_wait: _int
class IpPort(_O):
    ipv4: _int
    port: _int
class IpPortSecret(_O):
    ipv4: _int
    port: _int
    secret: _bytes
class AccessPointRule(_O):
    phone_prefix_rules: _str
    dc_id: _int
    ips: _Seq[TypeIpPort]
class ReqPq(_M):
    nonce: _bytes
class ReqPqMulti(_M):
    nonce: _bytes
class ReqDHParams(_M):
    nonce: _bytes
    server_nonce: _bytes
    p: _bytes
    q: _bytes
    public_key_fingerprint: _int
    encrypted_data: _bytes
class SetClientDHParams(_M):
    nonce: _bytes
    server_nonce: _bytes
    encrypted_data: _bytes
class DestroyAuthKey(_M): ...
class RpcDropAnswer(_M):
    req_msg_id: _int
class GetFutureSalts(_M):
    num: _int
class Ping(_M):
    ping_id: _int
class PingDelayDisconnect(_M):
    ping_id: _int
    disconnect_delay: _int
class DestroySession(_M):
    session_id: _int
class help:
    class ConfigSimple(_O):
        date: _int
        expires: _int
        rules: _list[TypeAccessPointRule]
    TypeConfigSimple: _A = _help_TypeConfigSimple
TypeAccessPointRule: _A = AccessPointRule
TypeBadMsgNotification: _A = BadMsgNotification | BadServerSalt
TypeBindAuthKeyInner: _A = BindAuthKeyInner
TypeClientDHInnerData: _A = ClientDHInnerData
TypeDestroyAuthKeyRes: _A = DestroyAuthKeyOk | DestroyAuthKeyNone | DestroyAuthKeyFail
TypeDestroySessionRes: _A = DestroySessionOk | DestroySessionNone
TypeFutureSalt: _A = FutureSalt
TypeFutureSalts: _A = FutureSalts
TypeHttpWait: _A = HttpWait
TypeIpPort: _A = IpPort | IpPortSecret
TypeMessage: _A = Message
TypeMessageContainer: _A = MsgContainer
TypeMessageCopy: _A = MsgCopy
TypeMsgDetailedInfo: _A = MsgDetailedInfo | MsgNewDetailedInfo
TypeMsgResendReq: _A = MsgResendReq | MsgResendAnsReq
TypeMsgsAck: _A = MsgsAck
TypeMsgsAllInfo: _A = MsgsAllInfo
TypeMsgsStateInfo: _A = MsgsStateInfo
TypeMsgsStateReq: _A = MsgsStateReq
TypeNewSession: _A = NewSessionCreated
TypeObject: _A = GzipPacked
TypePQInnerData: _A = PQInnerData | PQInnerDataDc | PQInnerDataTemp | PQInnerDataTempDc
TypePong: _A = Pong
TypeResPQ: _A = ResPQ
TypeRpcDropAnswer: _A = RpcAnswerUnknown | RpcAnswerDroppedRunning | RpcAnswerDropped
TypeRpcError: _A = RpcError
TypeRpcResult: _A = RpcResult
TypeServerDHParams: _A = ServerDHParamsFail | ServerDHParamsOk
TypeServerDHInnerData: _A = ServerDHInnerData
TypeSetClientDHParamsAnswer: _A = DhGenOk | DhGenRetry | DhGenFail
_help_TypeConfigSimple: _A = help.ConfigSimple
