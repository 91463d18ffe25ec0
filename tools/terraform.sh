#!/bin/sh
# Terraform on a copy of infra/terraform: nothing it downloads, locks or plans is left in the repository.
#
# usage: terraform.sh fmt                    check the format
#        terraform.sh check ROOT             init, validate, plan with example.tfvars and a local backend, test
#        terraform.sh run ROOT ARGUMENT...   any other command, after init
#
# ROOT is dev or prod. The real provider is used where it can be had. Where not, TERRAFORM_OFFLINE may name a folder with
# a setup.sh that prints the settings of a stand-in; one that lies beside the checkout is found without it. What the
# copies hold is below ~/.cache/cirrusgram/terraform.
# Exit codes: 0 all is well, 3 neither Terraform nor a provider can be had here, otherwise Terraform's.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/cirrusgram/terraform
unavailable=3
export CHECKPOINT_DISABLE=1 TF_IN_AUTOMATION=1 TF_INPUT=0

stand_in() {
    setup=
    for candidate in "${TERRAFORM_OFFLINE:-}/setup.sh" "$here"/../*/tools/terraform-*/setup.sh; do
        if [ -f "$candidate" ]; then
            setup=$candidate
            break
        fi
    done
    [ -n "$setup" ] || return 1
    # A stand-in knows the types it is asked for: those that the sources use.
    types=$(find "$here/infra/terraform" -name '*.tf' -exec sed -n \
        -e 's/^resource "aws_\([a-z0-9_]*\)".*/\1/p' -e 's/^data "aws_\([a-z0-9_]*\)".*/data-aws-\1/p' {} + \
        | tr _ - | sort -u)
    home=$cache/stand-in
    # What it made points to its own folder, which another checkout's may not have.
    mark=$home/.made-$(printf '%s %s' "$setup" "$types" | sha256sum | cut -c1-12)
    if [ ! -f "$mark" ]; then
        mkdir -p "$home"
        rm -f "$home"/.made-*
        # Terraform may have copied the old one.
        rm -rf "$cache"/work/envs/*/.terraform
        # shellcheck disable=SC2086 # a list of words
        TERRAFORM_OFFLINE_HOME=$home bash "$setup" $types >"$home/settings"
        touch "$mark"
    fi
    . "$home/settings"
}

have_terraform() {
    command -v terraform >/dev/null || stand_in || {
        echo "terraform is not installed" >&2
        exit $unavailable
    }
}

# Copy the sources; what an earlier run downloaded stays.
copy() {
    mkdir -p "$cache/work"
    rm -rf "$cache/work/modules" "$cache/work/tests"
    cp -R "$here/infra/terraform/modules" "$here/infra/terraform/tests" "$cache/work/"
    mkdir -p "$cache/work/envs/$1"
    find "$cache/work/envs/$1" -mindepth 1 -maxdepth 1 ! -name '.terraform*' -exec rm -rf {} +
    cp -R "$here/infra/terraform/envs/$1/." "$cache/work/envs/$1/"
    printf 'terraform {\n  backend "local" {}\n}\n' >"$cache/work/envs/$1/backend_override.tf"
}

initialise() {
    cd "$cache/work/envs/$1"
    how=$cache/provider
    # Once a day it is tried anew whether the real one can be had.
    if [ -z "$(find "$how" -mmin -1440 2>/dev/null)" ] || [ "$(cat "$how")" != stand-in ]; then
        [ "$(cat "$how" 2>/dev/null)" = real ] || rm -rf .terraform .terraform.lock.hcl
        if TF_REGISTRY_DISCOVERY_RETRY=0 TF_REGISTRY_CLIENT_TIMEOUT=5 timeout 300 terraform init -backend=true >"$cache/init.log" 2>&1; then
            echo real >"$how"
            return
        fi
    fi
    if ! stand_in; then
        cat "$cache/init.log" >&2
        echo "the AWS provider cannot be had here, and TERRAFORM_OFFLINE names no stand-in" >&2
        exit $unavailable
    fi
    [ "$(cat "$how" 2>/dev/null)" = stand-in ] && [ -n "$(find "$how" -mmin -1440)" ] || echo stand-in >"$how"
    # The lock of a stand-in is of no use to anybody.
    rm -f .terraform.lock.hcl
    terraform init -backend=true >"$cache/init.log" 2>&1 || {
        cat "$cache/init.log" >&2
        exit 1
    }
    echo "(with a stand-in for the AWS provider: types and structure are checked, values are not)"
}

mkdir -p "$cache"
# Two runs may start at once.
exec 9>"$cache/.lock"
flock 9

command=${1:?usage: terraform.sh fmt | check ROOT | run ROOT ARGUMENT...}
case $command in
fmt)
    have_terraform
    terraform fmt -check -recursive -diff "$here/infra/terraform"
    ;;
check)
    have_terraform
    copy "$2"
    initialise "$2"
    terraform validate -no-color
    if [ "$(cat "$cache/provider")" = stand-in ] || [ -n "${AWS_ACCESS_KEY_ID:-}${AWS_PROFILE:-}${AWS_WEB_IDENTITY_TOKEN_FILE:-}" ]; then
        TF_VAR_cache_password=example0example0 terraform plan -no-color -var-file=example.tfvars -lock=false -out=plan >plan.txt || {
            cat plan.txt >&2
            exit 1
        }
        grep '^Plan:' plan.txt
    else
        echo "plan: not without AWS credentials; the tests below plan with a mock"
    fi
    terraform test -no-color
    ;;
run)
    have_terraform
    root=$2
    shift 2
    copy "$root"
    initialise "$root"
    terraform "$@"
    ;;
*)
    echo "unknown: $command" >&2
    exit 2
    ;;
esac
