#!/bin/sh
# Fonts of the recipe: Debian packages (system-wide, needs root) and npm packages of OFL families (into training/.fonts).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
apt-get install -y fonts-thai-tlwg fonts-sipa-arundina fonts-noto-core fonts-noto-unhinted fonts-dejavu-core
mkdir -p "$here/.fonts" && cd "$here/.fonts"
[ -f package.json ] || echo '{"name": "fonts", "version": "1.0.0", "private": true}' > package.json
for family in anuphan athiti bai-jamjuree chakra-petch charm charmonman chonburi fahkwang ibm-plex-sans-thai \
    ibm-plex-sans-thai-looped itim k2d kanit kodchasan koho maitree mali mitr niramit noto-sans-thai noto-sans-thai-looped \
    pattaya pridi prompt sarabun sriracha srisakdi taviraj trirong; do
  npm install --no-audit --no-fund --ignore-scripts "@expo-google-fonts/$family"
done
