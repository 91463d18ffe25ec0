"""Make the application's database user, or give it the password that its secret now holds.

Runs in the image of the server, before the migration, as the administrator whose password RDS manages. Through the
proxy, whose certificate is one that systems trust by default.
"""

import json
import os
import ssl

import pymysql

administrator = json.loads(os.environ["ADMINISTRATOR"])
application = json.loads(os.environ["APPLICATION"])
database = os.environ["DATABASE_NAME"]
if not database.isidentifier():
    raise SystemExit("the name of the database must be letters, digits and underscores")

connection = pymysql.connect(
    host=os.environ["DATABASE_HOST"],
    user=administrator["username"],
    password=administrator["password"],
    ssl=ssl.create_default_context(),
    autocommit=True,
)
with connection, connection.cursor() as cursor:
    user = (application["username"], application["password"])
    cursor.execute("CREATE USER IF NOT EXISTS %s@'%%' IDENTIFIED BY %s REQUIRE SSL", user)
    cursor.execute("ALTER USER %s@'%%' IDENTIFIED BY %s", user)
    cursor.execute(f"GRANT ALL PRIVILEGES ON `{database}`.* TO %s@'%%'", user[:1])
print("the application's database user is ready")
