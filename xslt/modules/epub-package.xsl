<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:epub"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map"
  xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:h="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xmlns:svg="http://www.w3.org/2000/svg"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- package.opf: what the book says of itself, its files and their order (EPUB 3.3, 5). -->

  <xsl:mode name="m:package" on-no-match="fail" on-multiple-match="fail"/>

  <xsl:template match="teiCorpus" mode="m:package">
    <xsl:param name="pages" as="map(*)*"/>
    <package version="3.0" unique-identifier="book-id" xml:lang="{$primary-language}" dir="ltr">
      <metadata>
        <xsl:sequence select="f:book-metadata(.)"/>
        <xsl:sequence select="f:accessibility()"/>
        <!-- Kindle asks here for the direction of the text. -->
        <meta name="primary-writing-mode" content="vertical-rl"/>
      </metadata>
      <manifest>
        <xsl:for-each select="$pages">
          <item id="{?id}" href="{?file}" media-type="application/xhtml+xml">
            <xsl:variable name="properties" as="xs:string*" select="'nav'[current()?id eq 'nav'], 'svg'[exists(current()?content//svg:svg)]"/>
            <xsl:if test="exists($properties)"><xsl:attribute name="properties" select="$properties"/></xsl:if>
          </item>
        </xsl:for-each>
        <item id="style" href="book.css" media-type="text/css"/>
        <xsl:if test="$fonts eq 'yes'">
          <item id="font-text" href="fonts/text.ttf" media-type="application/font-sfnt"/>
          <item id="font-heading" href="fonts/heading.ttf" media-type="application/font-sfnt"/>
          <item id="font-licence" href="fonts/OFL.txt" media-type="text/plain"/>
        </xsl:if>
      </manifest>
      <spine page-progression-direction="rtl">
        <xsl:for-each select="$pages"><itemref idref="{?id}"/></xsl:for-each>
      </spine>
    </package>
  </xsl:template>

  <xsl:function name="f:book-metadata" as="element()*">
    <xsl:param name="corpus" as="element(teiCorpus)"/>
    <xsl:variable name="file" as="element()?" select="$header/fileDesc"/>
    <xsl:variable name="files" as="element()*" select="$corpus//teiHeader[parent::TEI]/fileDesc"/>
    <dc:identifier id="book-id">{f:book-identifier($corpus)}</dc:identifier>
    <dc:title id="title">{$site-title}</dc:title>
    <meta refines="#title" property="title-type">main</meta>
    <meta refines="#title" property="display-seq">1</meta>
    <xsl:for-each select="f:subtitle()">
      <dc:title id="subtitle">{.}</dc:title>
      <meta refines="#subtitle" property="title-type">subtitle</meta>
      <meta refines="#subtitle" property="display-seq">2</meta>
    </xsl:for-each>
    <xsl:sequence select="
        f:agents('creator', 'aut', $files/titleStmt/author),
        f:agents('contributor', 'edt', $files/titleStmt/editor),
        f:agents('contributor', 'ctb', $files/titleStmt/respStmt/(name | persName | orgName)[not(normalize-space() = $files/titleStmt/editor/normalize-space())])"/>
    <dc:language>{f:language-tag($site-language)}</dc:language>
    <xsl:if test="f:language-tag($site-language) ne $primary-language"><dc:language>{$primary-language}</dc:language></xsl:if>
    <xsl:sequence select="
        f:dublin-core('publisher', $file/publicationStmt/publisher),
        f:dublin-core('date', f:edition-date()),
        f:dublin-core('rights', $files/publicationStmt/availability/licence/string-join((normalize-space(), @target[f:is-web(.)])[. ne ''], ' ')),
        f:dublin-core('source', $files/sourceDesc/bibl/string-join((author, title, biblScope, pubPlace, publisher, date) ! normalize-space(), ', ')),
        f:dublin-core('description', $files/../encodingDesc/projectDesc/p),
        f:dublin-core('type', 'Text')"/>
    <meta property="dcterms:modified">{f:moment(f:edition-date())}</meta>
  </xsl:function>

  <!-- The identifier of the edition; where it has none, the names of its files. A bad UUID would be none at all. -->
  <xsl:function name="f:book-identifier" as="xs:string">
    <xsl:param name="corpus" as="element(teiCorpus)"/>
    <xsl:variable name="given" as="xs:string*" select="$header/fileDesc/publicationStmt/(idno[@type eq 'edition'], idno[starts-with(normalize-space(), 'urn:')])/normalize-space()"/>
    <xsl:sequence select="($given[. ne ''][not(starts-with(lower-case(.), 'urn:uuid:')) or matches(., '^urn:uuid:[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$', 'i')], string-join($corpus//TEI/f:tei-id(.), ' '))[1]"/>
  </xsl:function>

  <!-- The moment of a date without clock: the same from build to build. -->
  <xsl:function name="f:moment" as="xs:string">
    <xsl:param name="date" as="xs:string?"/>
    <xsl:sequence select="concat($date, substring('1980-01-01', string-length($date) + 1), 'T00:00:00Z')"/>
  </xsl:function>

  <!-- Persons and bodies in their order, each once, with a MARC relator. -->
  <xsl:function name="f:agents" as="element()*">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="role" as="xs:string"/>
    <xsl:param name="agents" as="element()*"/>
    <xsl:for-each select="distinct-values($agents ! normalize-space())[. ne '']">
      <xsl:variable name="id" as="xs:string" select="$role || '-' || position()"/>
      <xsl:element name="dc:{$kind}" namespace="http://purl.org/dc/elements/1.1/"><xsl:attribute name="id" select="$id"/>{.}</xsl:element>
      <meta refines="#{$id}" property="role" scheme="marc:relators">{$role}</meta>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="f:dublin-core" as="element()*">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="values" as="item()*"/>
    <xsl:for-each select="distinct-values($values ! normalize-space(string(.)))[. ne '']">
      <xsl:element name="dc:{$name}" namespace="http://purl.org/dc/elements/1.1/">{.}</xsl:element>
    </xsl:for-each>
  </xsl:function>

  <!-- EPUB Accessibility 1.1: all is text, in its order; the composed characters have names. -->
  <xsl:function name="f:accessibility" as="element()*">
    <xsl:sequence select="
        f:schema('accessMode', 'textual'),
        f:schema('accessModeSufficient', 'textual'),
        f:schema('accessibilityFeature', ('structuralNavigation', 'tableOfContents', 'readingOrder', 'index'[exists($book-registers)], 'ARIA', 'displayTransformability', 'verticalWriting', ('pageBreakMarkers', 'pageNavigation')[exists($page-breaks)], 'unlocked')),
        f:schema('accessibilityHazard', 'none'),
        f:schema('accessibilitySummary', f:label('epub.accessibility'))"/>
  </xsl:function>

  <xsl:function name="f:schema" as="element()*">
    <xsl:param name="property" as="xs:string"/>
    <xsl:param name="values" as="xs:string*"/>
    <xsl:for-each select="$values"><meta property="schema:{$property}">{.}</meta></xsl:for-each>
  </xsl:function>
</xsl:stylesheet>
