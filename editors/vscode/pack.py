#!/usr/bin/env python3
"""Packs the extension into wengao-VERSION.vsix beside it: a zip with a manifest. Python alone, no network.

The same files give the same bytes. Install it with `code --install-extension wengao-0.1.0.vsix`.
"""
import json, pathlib, sys, zipfile
from xml.sax.saxutils import quoteattr, escape

here = pathlib.Path(__file__).resolve().parent
about = json.loads((here / "package.json").read_text(encoding="utf-8"))
FILES = ["package.json", "extension.js", "client.js", "README.md"]

types = """<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="json" ContentType="application/json"/>
<Default Extension="js" ContentType="application/javascript"/>
<Default Extension="md" ContentType="text/markdown"/>
<Default Extension="vsixmanifest" ContentType="text/xml"/>
</Types>
"""
manifest = f"""<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
<Metadata>
<Identity Language="en-US" Id={quoteattr(about["name"])} Version={quoteattr(about["version"])} Publisher={quoteattr(about["publisher"])}/>
<DisplayName>{escape(about["displayName"])}</DisplayName>
<Description xml:space="preserve">{escape(about["description"])}</Description>
<Tags>{escape(",".join(about["keywords"]))}</Tags>
<Categories>{escape(",".join(about["categories"]))}</Categories>
<Properties>
<Property Id="Microsoft.VisualStudio.Code.Engine" Value={quoteattr(about["engines"]["vscode"])}/>
<Property Id="Microsoft.VisualStudio.Code.ExtensionKind" Value="workspace"/>
</Properties>
</Metadata>
<Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
<Dependencies/>
<Assets>
<Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
<Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
</Assets>
</PackageManifest>
"""
target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / f"{about['name']}-{about['version']}.vsix"
with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as vsix:
    def put(name, data):
        vsix.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    put("extension.vsixmanifest", manifest)
    put("[Content_Types].xml", types)
    for name in FILES:
        put(f"extension/{name}", (here / name).read_bytes())
print(target)
