# Unpacks HighLevel's published description into $work/description, which is $description; $work goes when the script ends.
# Where there is none, the script ends here, and says so. Sourced, with the folder of the tests of operations in $here.

folder=${GHL_OPERATIONS:-$here/../../../shared/operations}
command -v python3 > /dev/null || { echo "operations: not run: there is no python3"; exit 0; }
packed=$(ls "$folder"/*.tar.xz 2> /dev/null | tail -n 1 || true)
if [ -z "$packed" ]; then
  echo "operations: not run: HighLevel's published description is not in $folder"
  exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
description=$work/description
mkdir "$description"
tar -xJf "$packed" -C "$description"
