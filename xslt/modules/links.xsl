<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" expand-text="yes" default-mode="m:html"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:map="http://www.w3.org/2005/xpath-functions/map" xmlns:array="http://www.w3.org/2005/xpath-functions/array"
  xmlns:m="urn:weibian:mode" xmlns:f="urn:weibian:function" xmlns:d="urn:weibian:diagnostic"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0" exclude-result-prefixes="#all">

  <!-- What points at what: pages, anchors, entities, mentions. -->

  <xsl:key name="id" match="*[@xml:id]" use="@xml:id"/>
  <!-- All files of an edition share ids of rules, editors and entities: to look one up in its file must not cost a walk through the others. -->
  <xsl:key name="id-in-file" match="TEI//*[@xml:id] | TEI[@xml:id]" use="generate-id(ancestor-or-self::TEI[last()]) || ' ' || @xml:id"/>
  <xsl:key name="entity" match="standOff//person | standOff//place | standOff//org | standOff//listBibl/bibl | standOff//event[not(@type eq 'year')]" use="@xml:id"/>
  <xsl:key name="juan" match="div[@type eq 'juan']" use="@n"/>
  <xsl:key name="event" match="event" use="tokenize(@corresp) ! substring-after(., '#')"/>
  <xsl:key name="mention" use="f:targets(.)"
    match="body//persName[@ref] | body//placeName[@ref] | body//orgName[@ref] | body//rs[@ref] | body//bibl[@corresp]"/>

  <!-- Ordinal of a mention in its div, so that its anchor stays when other entries change. -->
  <xsl:accumulator name="mention" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="div" select="0"/>
    <xsl:accumulator-rule select="$value + 1"
      match="body//persName[@ref] | body//placeName[@ref] | body//orgName[@ref] | body//rs[@ref] | body//bibl[@corresp]"/>
  </xsl:accumulator>

  <xsl:variable name="register-order" as="xs:string*" select="'persons', 'places', 'peoples', 'works', 'events'"/>
  <xsl:variable name="register-of" as="map(xs:string, xs:string)" select="map { 'person': 'persons', 'place': 'places', 'org': 'peoples', 'bibl': 'works', 'event': 'events' }"/>

  <!-- The elements of a file that have one of the ids. -->
  <xsl:function name="f:in-file" as="element()*">
    <xsl:param name="ids" as="xs:string*"/>
    <xsl:param name="file" as="element(TEI)"/>
    <xsl:variable name="prefix" as="xs:string" select="generate-id($file) || ' '"/>
    <xsl:sequence select="key('id-in-file', $ids ! ($prefix || .), $document)"/>
  </xsl:function>

  <xsl:variable name="document" as="document-node()" select="/"/>

  <!-- Ids that a mention points at. -->
  <xsl:function name="f:targets" as="xs:string*">
    <xsl:param name="mention" as="element()"/>
    <xsl:sequence select="tokenize(($mention/@ref, $mention/@corresp)[1])[starts-with(., '#')] ! substring(., 2)"/>
  </xsl:function>

  <!-- The first entity of the corpus that a mention points at; several files may describe the same one. -->
  <xsl:function name="f:entity" as="element()?">
    <xsl:param name="mention" as="element()"/>
    <xsl:sequence select="(f:targets($mention) ! key('entity', ., root($mention)))[1]"/>
  </xsl:function>

  <xsl:function name="f:entity-href" as="xs:string">
    <xsl:param name="entity" as="element()"/>
    <xsl:sequence select="f:register($entity) || '.html#' || $entity/@xml:id"/>
  </xsl:function>

  <!-- The page of an entity, as from the root of the site. -->
  <xsl:function name="f:entity-page" as="xs:string">
    <xsl:param name="entity" as="element()"/>
    <xsl:sequence select="f:register($entity) || '/' || f:file-name($entity/@xml:id) || '.html'"/>
  </xsl:function>

  <!--
    A name for files that every system takes, another for each id: small Latin letters, figures, points and hyphens stand, any other
    character is written by its number. Names that Windows keeps for devices get a mark, and those too long are cut and numbered.
  -->
  <xsl:function name="f:file-name" as="xs:string">
    <xsl:param name="id" as="xs:string"/>
    <xsl:variable name="safe" as="xs:string" select="
        if (translate($id, 'abcdefghijklmnopqrstuvwxyz0123456789.-', '') eq '') then $id
        else string-join(string-to-codepoints($id) ! (codepoints-to-string(.) ! (if (matches(., '[a-z0-9.\-]')) then . else '_' || f:hex(string-to-codepoints(.)) || '_')))"/>
    <xsl:sequence select="
        if (string-length($safe) gt 120) then substring($safe, 1, 100) || '_' || f:hex(fold-left(string-to-codepoints($id), 7, function($sum, $next) { (31 * $sum + $next) mod 1000000007 }))
        else if (substring($safe, 1, 3) = ('con', 'prn', 'aux', 'nul', 'com', 'lpt') and matches($safe, '^(con|prn|aux|nul|com\d|lpt\d)(\.|$)')) then '_' || $safe
        else $safe"/>
  </xsl:function>

  <xsl:function name="f:hex" as="xs:string">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:sequence select="(if ($number ge 16) then f:hex($number idiv 16) else '') || substring('0123456789abcdef', $number mod 16 + 1, 1)"/>
  </xsl:function>

  <xsl:function name="f:register" as="xs:string">
    <xsl:param name="entity" as="element()"/>
    <xsl:sequence select="$register-of(local-name($entity))"/>
  </xsl:function>

  <!-- The parts of the text that get a page each: the juan, the years of a long juan, or a body without juan. -->
  <xsl:variable name="units" as="element()*" select="
      /teiCorpus//text/body/(if (child::div[@type eq 'juan']) then child::div[@type eq 'juan']/(if (f:is-long(.)) then child::div else .) else .)"/>

  <!-- Only a juan that is all years can be divided at them. -->
  <xsl:function name="f:is-long" as="xs:boolean">
    <xsl:param name="juan" as="element(div)"/>
    <xsl:sequence select="
        count($juan/div) gt 1 and (every $div in $juan/div satisfies $div/@type eq 'year')
        and sum($juan//text()[not(ancestor::corr)] ! string-length(normalize-space(.))) gt xs:integer($split)"/>
  </xsl:function>

  <!-- The part with a page of its own that a node stands in; what opens a divided juan stands in its first year. -->
  <xsl:function name="f:unit" as="element()">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="juan" as="element()" select="f:juan($node)"/>
    <xsl:sequence select="
        if (map:contains($page-of, generate-id($juan))) then $juan
        else ($node/ancestor-or-self::*[map:contains($page-of, generate-id(.))], $juan/div[map:contains($page-of, generate-id(.))])[1]"/>
  </xsl:function>

  <!-- The juan of a node, or the body where there is none. -->
  <xsl:function name="f:juan" as="element()">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="$node/(ancestor-or-self::div[@type eq 'juan'], ancestor-or-self::body)[1]"/>
  </xsl:function>

  <!-- File of a unit: `juan-03.html`, `juan-03-2.html` for the second year of a divided juan; where two units want one name, the id of the TEI file tells them apart. -->
  <xsl:variable name="page-of" as="map(xs:string, xs:string)" select="map:merge($units ! map:entry(generate-id(.), f:name-page(.)))"/>

  <xsl:function name="f:page" as="xs:string">
    <xsl:param name="unit" as="element()"/>
    <xsl:sequence select="$page-of(generate-id($unit))"/>
  </xsl:function>

  <xsl:function name="f:name-page" as="xs:string">
    <xsl:param name="unit" as="element()"/>
    <xsl:variable name="juan" as="element()" select="f:juan($unit)"/>
    <xsl:variable name="number" as="xs:string?" select="$juan/self::div/@n[. castable as xs:integer]"/>
    <xsl:variable name="alone" as="xs:boolean" select="exists($number) and count(key('juan', $number, root($unit))) eq 1"/>
    <xsl:variable name="file" as="xs:string" select="replace(f:tei-id($unit), '[^\p{L}\p{N}._-]', '_')"/>
    <xsl:variable name="part" as="xs:string" select="string(count($juan/preceding-sibling::div) + 1)"/>
    <xsl:variable name="year" as="xs:integer" select="if ($unit is $juan) then 1 else count($unit/preceding-sibling::div) + 1"/>
    <xsl:sequence select="string-join((
        if ($alone) then 'juan-' || format-number(xs:integer($number), '00') else string-join(('text', $file, $part), '-'),
        string($year)[$year gt 1]), '-') || '.html'"/>
  </xsl:function>

  <xsl:function name="f:tei-id" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="tei" as="element(TEI)" select="$node/ancestor-or-self::TEI"/>
    <xsl:sequence select="if ($tei/@xml:id) then string($tei/@xml:id) else 't' || count($tei/preceding-sibling::*) + 1"/>
  </xsl:function>

  <!-- Unit or juan → its title: named once, because every entry cites it. -->
  <xsl:variable name="unit-titles" as="map(xs:string, xs:string)" select="map:merge(($units | $units/f:juan(.)) ! map:entry(generate-id(.), f:name-unit(.)))"/>

  <xsl:function name="f:unit-title" as="xs:string">
    <xsl:param name="unit" as="element()"/>
    <!-- The e-book divides the text otherwise. -->
    <xsl:sequence select="($unit-titles(generate-id($unit)), f:name-unit($unit))[1]"/>
  </xsl:function>

  <!-- Whether the source prints nothing at a gap: what it prints there (□, 闕) stands in the text beside the element. -->
  <xsl:function name="f:is-bare-gap" as="xs:boolean">
    <xsl:param name="gap" as="element(gap)"/>
    <xsl:variable name="before" as="xs:string" select="string($gap/preceding-sibling::node()[1])"/>
    <xsl:variable name="after" as="xs:string" select="string($gap/following-sibling::node()[1])"/>
    <xsl:sequence select="not(some $sign in ('□', '闕') satisfies starts-with($after, $sign) or ends-with($before, $sign))"/>
  </xsl:function>

  <!-- The files that hold more than one juan. -->
  <xsl:variable name="shared-files" as="map(xs:string, xs:boolean)">
    <xsl:map>
      <xsl:for-each-group select="/teiCorpus//text//div[@type eq 'juan']" group-by="generate-id(ancestor::TEI[last()])">
        <xsl:if test="count(current-group()) gt 1"><xsl:map-entry key="current-grouping-key()" select="true()"/></xsl:if>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <!-- Title of a unit for people: the sub-title of its file, or the number of the juan. -->
  <xsl:function name="f:name-unit" as="xs:string">
    <xsl:param name="unit" as="element()"/>
    <xsl:variable name="juan" as="element()" select="f:juan($unit)"/>
    <xsl:variable name="title-stmt" as="element()?" select="$unit/ancestor::TEI/teiHeader/fileDesc/titleStmt"/>
    <xsl:variable name="shared" as="xs:boolean" select="map:contains($shared-files, generate-id($unit/ancestor::TEI[last()]))"/>
    <xsl:variable name="number" as="xs:integer?" select="$juan/self::div/@n[. castable as xs:integer] ! xs:integer(.)"/>
    <xsl:variable name="title" as="xs:string" select="string((
        $title-stmt/title[@type eq 'sub'][not($shared)]/normalize-space(), $number ! f:label('juan', f:han(.)),
        $title-stmt/title[1]/normalize-space(), f:label('untitled'))[. ne ''][1])"/>
    <xsl:sequence select="string-join(($title, if ($unit is $juan) then () else f:year-name($unit)), '　')"/>
  </xsl:function>

  <!-- Anchor of a div: its own id, the id of its event, or its place in the file. -->
  <xsl:function name="f:anchor" as="xs:string">
    <xsl:param name="div" as="element()"/>
    <xsl:sequence select="
        if ($div/@xml:id) then string($div/@xml:id)
        else if (starts-with($div/@corresp, '#')) then substring(tokenize($div/@corresp)[1], 2)
        else string-join((f:tei-id($div), $div/ancestor-or-self::div/string(count(preceding-sibling::div) + 1)), '.')"/>
  </xsl:function>

  <xsl:function name="f:mention-anchor" as="xs:string">
    <xsl:param name="mention" as="element()"/>
    <xsl:sequence select="($mention/ancestor::div[1]/f:anchor(.), f:tei-id($mention))[1] || '.m' || $mention/accumulator-before('mention')"/>
  </xsl:function>

  <!-- Whether a node stands in a link: HTML has no link in a link. -->
  <xsl:function name="f:in-link" as="xs:boolean">
    <xsl:param name="node" as="element()"/>
    <xsl:sequence select="exists($node/ancestor::*[self::persName or self::placeName or self::orgName or self::rs or self::bibl][exists(f:entity(.))])"/>
  </xsl:function>

  <!-- Only web addresses become links: a `javascript:` stays text. -->
  <xsl:function name="f:is-web" as="xs:boolean">
    <xsl:param name="address" as="xs:string?"/>
    <xsl:sequence select="starts-with($address, 'http') and matches($address, '^https?://[^\s&quot;&lt;&gt;]+$')"/>
  </xsl:function>

  <!-- Number of an entry for people: `3.12`, juan and entry. -->
  <xsl:function name="f:reference" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="entry" as="element()?" select="$node/ancestor-or-self::div[@type eq 'entry'][1]"/>
    <xsl:sequence select="string-join((f:juan($node)/@n, $entry/f:entry-number(.)), '.')"/>
  </xsl:function>

  <xsl:function name="f:entry-number" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="string(($entry/@n, $entry-at(generate-id($entry)))[1])"/>
  </xsl:function>

  <!-- Entry that has no number of its own → its place in its juan. -->
  <xsl:variable name="entry-at" as="map(xs:string, xs:integer)">
    <xsl:map>
      <xsl:for-each-group select="/teiCorpus//text//div[@type eq 'entry']" group-by="generate-id(f:juan(.))">
        <xsl:for-each select="current-group()">
          <xsl:if test="not(@n)"><xsl:map-entry key="generate-id()" select="position()"/></xsl:if>
        </xsl:for-each>
      </xsl:for-each-group>
    </xsl:map>
  </xsl:variable>

  <!-- The text of a node as the source has it and the page shows it: proposals and line ends left out. -->
  <xsl:function name="f:plain" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="text" as="xs:string" select="
        if ($node/descendant::corr or $node/ancestor::corr) then string-join($node/descendant-or-self::text()[not(ancestor::corr)])
        else string($node)"/>
    <xsl:sequence select="f:readable(translate($text, '&#9;&#10;&#13;', ''))"/>
  </xsl:function>
</xsl:stylesheet>
