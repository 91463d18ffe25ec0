"""Programs that point a client library at this server, as `string.Template`; each is run by tests/e2e.

Every one signs in by phone and code, signs up a new number (which some libraries leave to their user), and writes to
Saved Messages.
"""

from __future__ import annotations

from typing import Final

_TELETHON: Final = """\
# pip install telethon==1.45.0
import asyncio

from telethon import TelegramClient
from telethon.crypto import rsa
from telethon.errors import PhoneNumberUnoccupiedError, SessionPasswordNeededError
from telethon.tl.functions.auth import SignUpRequest

rsa.add_key('''$pem''', old=False)


async def main():
    client = TelegramClient("cirrusgram", api_id=1, api_hash="x" * 32)
    client.session.set_dc($dc_id, "$host", $port)
    await client.connect()
    if not await client.is_user_authorized():
        phone = input("Phone > ")
        sent = await client.send_code_request(phone)
        try:
            await client.sign_in(phone, input("Code > "))
        except PhoneNumberUnoccupiedError:
            # Telethon does not sign up by itself.
            await client(SignUpRequest(phone, sent.phone_code_hash, input("Name > "), ""))
        except SessionPasswordNeededError:
            await client.sign_in(password=input("Password > "))
    print("signed in as", (await client.get_me()).first_name)
    await client.send_message("me", "Hello from my own server")
    await client.disconnect()


asyncio.run(main())
"""

_KURIGRAM: Final = """\
# pip install kurigram==2.2.26
import asyncio

from pyrogram import Client
from pyrogram.connection import Connection
from pyrogram.crypto import rsa

rsa.server_public_keys[$fingerprint_signed] = rsa.PublicKey(
    $n,
    $e,
)


def connect(**options):
    # Telegram's addresses are built in: every data centre is this server.
    return Connection(**{**options, "server_address": "$host", "port": $port})


async def main():
    async with Client("cirrusgram", api_id=1, api_hash="x" * 32, connection_factory=connect) as client:
        print("signed in as", client.me.first_name)
        await client.send_message("me", "Hello from my own server")


asyncio.run(main())
"""

_MTCUTE: Final = """\
// npm install @mtcute/node@0.30.3; save as hello.mjs
import { createInterface } from 'node:readline/promises'
import { MemoryStorage, TelegramClient } from '@mtcute/node'
import { NodeCryptoProvider, addPublicKey } from '@mtcute/node/utils.js'

const crypto = new NodeCryptoProvider()
await crypto.initialize()
addPublicKey(crypto, `$pem`)

const dc = { id: $dc_id, ipAddress: '$host', port: $port }
const tg = new TelegramClient({
  apiId: 1, apiHash: 'x'.repeat(32), crypto,
  storage: new MemoryStorage(), // a file name instead keeps the session
  defaultDcs: { main: dc, media: { ...dc, mediaOnly: true } },
})
const terminal = createInterface({ input: process.stdin, output: process.stdout })
const phone = await terminal.question('Phone > ')
const { phoneCodeHash } = await tg.sendCode({ phone })
const common = { phoneNumber: phone, phoneCodeHash }
let made = await tg.call({ _: 'auth.signIn', ...common, phoneCode: await terminal.question('Code > ') })
if (made._ === 'auth.authorizationSignUpRequired') {
  made = await tg.call({ _: 'auth.signUp', ...common, firstName: await terminal.question('Name > '), lastName: '' })
}
await tg.notifyLoggedIn(made)
console.log('signed in as', (await tg.getMe()).firstName)
await tg.sendText('me', 'Hello from my own server')
process.exit()
"""

_GRAMJS: Final = """\
// npm install telegram@2.26.22; save as hello.cjs
const { createInterface } = require('node:readline/promises')
const bigInt = require('big-integer')
const { TelegramClient } = require('telegram')
const { _serverKeys } = require('telegram/crypto/RSA')
const { PromisedNetSockets } = require('telegram/extensions')
const { StringSession } = require('telegram/sessions')

_serverKeys.set('$fingerprint_signed', { n: bigInt('$n'), e: $e })

// The library connects to ports 80 and 443 only: every connection goes to this server.
class ServerSocket extends PromisedNetSockets {
  connect() {
    return super.connect($port, '$host')
  }
}

async function main() {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const session = new StringSession('')
  session.setDC($dc_id, '$host', 443)
  const client = new TelegramClient(session, 1, 'x'.repeat(32), { networkSocket: ServerSocket })
  await client.start({
    phoneNumber: () => terminal.question('Phone > '),
    phoneCode: () => terminal.question('Code > '),
    firstAndLastNames: async () => [await terminal.question('Name > '), ''],
    password: () => terminal.question('Password > '),
    onError: (error) => { throw error },
  })
  console.log('signed in as', (await client.getMe()).firstName)
  await client.sendMessage('me', { message: 'Hello from my own server' })
  process.exit()
}

main()
"""

_TDLIB: Final = """\
TDLib has its servers and keys compiled in. In its source, before building:
  td/telegram/net/ConnectionCreator.cpp  default DC options: every DC -> $host, port $port
  td/telegram/net/PublicRsaKeySharedMain.cpp  the key:

$pem
"""

_WEB: Final = """\
Telegram Web A and Web K have their servers and keys compiled in. Point every DC's WebSocket at
  ws://$http_host:$http_port/apiws
and add the RSA key (Web A: src/lib/gramjs/crypto/RSA.ts, Web K: src/lib/mtproto/rsaKeysManager.ts):
  fingerprint  $fingerprint
  modulus      $n_hex
  exponent     $e
Behind TLS, use wss:// on the name of your certificate.
"""

SNIPPETS: Final = {
    "telethon": _TELETHON,
    "kurigram": _KURIGRAM,
    "mtcute": _MTCUTE,
    "gramjs": _GRAMJS,
    "tdlib": _TDLIB,
    "web": _WEB,
}
