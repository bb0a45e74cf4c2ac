# What stands behind a signer and writes messages anew, in Python.
#
# Usage: rewrite.py < jobs
#
# A job is a line: the way, a tab, the message in base64. Prints a line of base64 for each.

import base64
import io
import sys
import unicodedata
import xml.dom.minidom
import xml.etree.ElementTree
from lxml import etree

WITHOUT_BLANKS = etree.XMLParser(remove_blank_text=True)
WITHOUT_COMMENTS = etree.XMLParser(remove_comments=True)


def by_elementtree(message):
    tree = xml.etree.ElementTree.fromstring(message)
    return xml.etree.ElementTree.tostring(tree, encoding="utf-8")


def stripped(message):
    tree = etree.fromstring(message)
    for element in tree.iter():
        if element.text is not None:
            element.text = element.text.strip()
        if element.tail is not None:
            element.tail = element.tail.strip()
    return etree.tostring(tree)


def cleaned(message):
    tree = etree.fromstring(message)
    etree.cleanup_namespaces(tree)
    return etree.tostring(tree)


def canonical(message, **how):
    written = io.BytesIO()
    etree.fromstring(message).getroottree().write_c14n(written, **how)
    return written.getvalue()


WAYS = {
    "lxml": lambda message: etree.tostring(etree.fromstring(message)),
    "pretty": lambda message: etree.tostring(etree.fromstring(message, WITHOUT_BLANKS), pretty_print=True),
    "minidom": lambda message: xml.dom.minidom.parseString(message).toxml("utf-8"),
    "minidom-pretty": lambda message: xml.dom.minidom.parseString(message).toprettyxml(encoding="utf-8"),
    "minidom-pretty-4": lambda message: xml.dom.minidom.parseString(message).toprettyxml(indent="    ", encoding="utf-8"),
    "elementtree": by_elementtree,
    "without-blanks": lambda message: etree.tostring(etree.fromstring(message, WITHOUT_BLANKS)),
    "without-comments": lambda message: etree.tostring(etree.fromstring(message, WITHOUT_COMMENTS)),
    "cleaned": cleaned,
    "stripped": stripped,
    "c14n": lambda message: canonical(message),
    "exclusive": lambda message: canonical(message, exclusive=True),
    "latin1": lambda message: etree.tostring(etree.fromstring(message), encoding="iso-8859-1"),
    "utf16": lambda message: etree.tostring(etree.fromstring(message), encoding="utf-16"),
    "ascii": lambda message: etree.tostring(etree.fromstring(message), encoding="us-ascii"),
    "replaced": lambda message: message.decode().encode("ascii", "replace"),
    "nfc": lambda message: unicodedata.normalize("NFC", message.decode()).encode(),
    "nfd": lambda message: unicodedata.normalize("NFD", message.decode()).encode(),
    "read-as-latin1": lambda message: message.decode("latin-1").encode(),
    "read-as-windows": lambda message: message.decode("cp1252").encode(),
    "crlf": lambda message: message.replace(b"\n", b"\r\n"),
}


for line in sys.stdin:
    way, message = line.rstrip("\n").split("\t")
    print(base64.b64encode(WAYS[way](base64.b64decode(message))).decode())
