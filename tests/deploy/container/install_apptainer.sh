#!/bin/bash
# usage: install_apptainer.sh FOLDER MIRROR     apptainer of Debian sid below FOLDER, on an older Debian.
# sid's glibc goes with it; dpkg and the machine's own sources stay as they are.
set -euo pipefail
folder=$1 mirror=$2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{lists,archives}/partial
keys=/usr/share/keyrings/debian-archive-keyring.gpg
echo "deb [signed-by=$keys] $mirror sid main" > "$work/sources.list"
sid=(-qq -o Dir::Etc::SourceList="$work/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o Dir::State::Lists="$work/lists" -o Dir::Cache="$work" -o Acquire::Languages=none
    -o Acquire::Check-Valid-Until=false -o APT::Sandbox::User=root)
apt-get "${sid[@]}" update
(cd "$work" && apt-get "${sid[@]}" download apptainer libc6 libseccomp2 libsqlite3-0)
mkdir -p "$folder/usr/lib"
for package in "$work"/*.deb; do dpkg-deb --extract "$package" "$folder"; done

# Its programs are to find this glibc, and below usr/ what Debian has in /etc and /var.
libraries=("$folder"/usr/lib/*-linux-gnu)
patchelf --set-interpreter "$libraries"/ld-linux-*.so.* --force-rpath --set-rpath "$libraries" \
    "$folder/usr/bin/apptainer" "$libraries/apptainer/bin/starter"
ln -s ../etc ../var "$folder/usr/"
ln -s ../../etc ../../var "$folder/usr/lib/"
# As root it asks for every capability there is, and root of a virtual machine may lack some.
sed -i 's/^root default capabilities = full/root default capabilities = no/' \
    "$folder/etc/apptainer/apptainer.conf"
"$folder/usr/bin/apptainer" --version
