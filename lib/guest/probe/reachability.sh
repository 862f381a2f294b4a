#!/bin/sh
# Calls a service by its host names, as a client in this network would, and says for each what happened: every host name
# must lead to the endpoint and hold a verified TLS connection, the gateway's must answer 200 on its health path too.
# Exit code 1 when one of them fails.
set -u
endpoint=192.0.2.1
host_names='gateway.example.com other.example.com'
health_host=gateway.example.com
health_path=/health

failed=0
for host in $host_names; do
    address=$(getent ahostsv4 "$host" | awk 'NR == 1 { print $1 }')
    if [ "$address" != "$endpoint" ]; then
        echo "FAILED $host resolves to ${address:-nothing}, not to the endpoint $endpoint"
        failed=1
        continue
    fi
    path=/
    [ "$host" != "$health_host" ] || path=$health_path
    # the connection may be a moment old: Azure approves and routes it while this machine boots.
    if ! status=$(curl --silent --show-error --retry 10 --retry-delay 6 --retry-all-errors --max-time 20 \
        --output /dev/null --write-out '%{http_code}' "https://$host$path" 2>&1); then
        echo "FAILED https://$host$path at $address: $status"
        failed=1
    elif [ "$host" = "$health_host" ] && [ "$status" != 200 ]; then
        echo "FAILED https://$host$path at $address answers $status instead of 200"
        failed=1
    else
        echo "ok https://$host$path at $address answers $status"
    fi
done
exit "$failed"
