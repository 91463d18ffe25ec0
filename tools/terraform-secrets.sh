#!/bin/sh
# Put values into the secrets that Terraform made, where there are none yet. What is there is left alone, so that it may
# be run again. Needs the AWS command line, openssl, and the outputs of an applied module `secrets`.
#
# usage: terraform-secrets.sh ROOT           fill what is empty
#        terraform-secrets.sh ROOT export    print `export TF_VAR_cache_password=…` for the next apply
#
# ROOT is a folder with an initialised state, as infra/terraform/envs/dev. Values are made here and sent to AWS; they are
# written to no file and appear in no command line.
set -eu
umask 077
root=${1:?usage: terraform-secrets.sh ROOT [export]}
arns=$(terraform -chdir="$root" output -json secret_arns)

arn() {
    printf %s "$arns" | python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"
}

is_filled() {
    [ "$(aws secretsmanager describe-secret --secret-id "$1" --query 'VersionIdsToStages != `null`' --output text)" = True ]
}

# Reads the value from standard input, so that it is not among the arguments that others can see.
put() {
    id=$(arn "$1")
    if is_filled "$id"; then
        echo "$1: has a value, left alone"
        cat >/dev/null
        return
    fi
    aws secretsmanager put-secret-value --secret-id "$id" --secret-string file:///dev/stdin >/dev/null
    echo "$1: filled"
}

user() {
    printf '{"username": "cirrusgram", "password": "%s"}' "$(openssl rand -hex 24)"
}

if [ "${2:-}" = export ]; then
    password=$(aws secretsmanager get-secret-value --secret-id "$(arn cache)" --query SecretString --output text |
        python3 -c 'import json, sys; print(json.load(sys.stdin)["password"])')
    echo "export TF_VAR_cache_password=$password"
    exit
fi

user | put database
user | put bus
user | put cache
openssl rand -base64 32 | tr -d '\n' | put master_key
openssl genrsa -traditional 2048 2>/dev/null | put rsa_key
