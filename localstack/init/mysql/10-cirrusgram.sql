-- The schema that DATABASE_URL names; its tables come from `cirrusgram migrate`.
CREATE DATABASE IF NOT EXISTS cirrusgram CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
CREATE USER IF NOT EXISTS 'cirrusgram'@'%' IDENTIFIED BY 'cirrusgram-local-only';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON cirrusgram.* TO 'cirrusgram'@'%';
