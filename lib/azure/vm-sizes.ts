// The sizes of virtual machines in Azure's public cloud, one line for the series that come with the same numbers: before
// the colon what stands for `#`, without the leading `Standard_`. From two lists that Microsoft's Karpenter provider
// takes from Azure: the retail prices of 2026-06-18 and the SKUs that Azure listed between 2025-05 and 2026-07,
// https://github.com/Azure/karpenter-provider-azure/tree/352646f599/pkg/providers (pricing/zz_generated.pricing.go,
// instancetype/known_skus.yaml). Left out: what is retired (vm-size.ts names it) and what is not for customers.
const SIZES_BY_SERIES = `
0 1 2 3 4 5 6 7 8 9 10 11: A#
1 2 4 8: A#_v2
2 4 8: A#m_v2
2 4 8 16 32: B#als_v2 B#as_v2 B#ls_v2 B#s_v2
2: B#ats_v2 B#pts_v2 B#ts_v2
1: B#ls
1 2 4 8 12 16 20: B#ms
2 4 8 16: B#pls_v2 B#ps_v2
1 2: B#s
1 2 3 4 11 12 13 14: D# DS#
1 2 3 4 5 11 12 13 14 15: D#_v2
2 3 4 5 11 12 13 14: D#_v2_Promo DS#_v2_Promo
2 4 8 16 32 48 64: D#_v3 D#_v4 D#d_v4 D#ds_v4 D#s_v4
2 4 8 16 32 48 64 96: D#_v5 D#a_v4 D#ads_v5 D#ads_v6 D#alds_v6 D#als_v6 D#as_v4 D#as_v5 D#as_v5_Promo D#as_v6 D#d_v5
2 4 8 16 32 48 64 96: D#ds_v5 D#lds_v5 D#ls_v5 D#pds_v5 D#pds_v6 D#plds_v5 D#plds_v6 D#pls_v5 D#pls_v6 D#ps_v5 D#ps_v6
2 4 8 16 32 48 64 96: D#s_v5 DC#ads_v5 DC#ads_v6 DC#as_v5 DC#as_v6 E#bds_v5 E#bs_v5 E#pds_v6 E#ps_v6 EC#ads_v6
2 4 8 16 32 48 64 96: EC#as_v6
2 4 8 16 32 48 64 96 128 160: D#ads_v7 D#alds_v7 D#als_v7 D#as_v7
2 4 8 16 32 48 64 96 128 192: D#ds_v6 D#s_v6
2 4 8 16 32 48 64 96 128 192 248 372: D#ds_v7 D#s_v7
15: D#i_v2 DS#i_v2
372: D#ids_v7 D#is_v7 E#ids_v7 E#is_v7
2 4 8 16 32 48 64 96 128: D#lds_v6 D#ls_v6 D#nds_v6 D#nlds_v6 D#nls_v6 D#ns_v6 DC#eds_v5 DC#eds_v6 DC#es_v5 DC#es_v6
2 4 8 16 32 48 64 96 128: E#bds_v6 E#bs_v6 E#nds_v6 E#ns_v6 EC#eds_v5 EC#es_v5
2 4 8 16 32 48 64 96 128 192 248: D#lds_v7 D#ls_v7
2 4 8 16 32 32-8 32-16 48 64 64-16 64-32: D#s_v3
8: DC#_v2
4 8 16 32 48 64 96: DC#ads_cc_v5 DC#as_cc_v5
1 2 4 8 16 24 32 48: DC#ds_v3 DC#s_v3
1 2 4: DC#s_v2
1 2 3 4 5 11 11-1 12 12-1 12-2 13 13-2 13-4 14 14-4 14-8 15: DS#_v2
2 4 8 16 20 32 48 64: E#_v3 E#_v4 E#d_v4
2 4 8 16 20 32 48 64 96: E#_v5 E#a_v4 E#d_v5 E#pds_v5 E#ps_v5 EC#ads_v5 EC#as_v5
2 4 4-2 8 8-2 8-4 16 16-4 16-8 20 32 32-8 32-16 48 64 64-16 64-32 96 96-24 96-48: E#ads_v5 E#ads_v6 E#as_v4 E#as_v5
2 4 4-2 8 8-2 8-4 16 16-4 16-8 20 32 32-8 32-16 48 64 64-16 64-32 96 96-24 96-48: E#as_v6 E#ds_v5 E#s_v5
2 4 4-2 8 8-2 8-4 16 16-4 16-8 32 32-8 32-16 48 64 64-16 64-32 96 96-24 96-48 128 128-32 128-64 160: E#ads_v7 E#as_v7
2 4 4-2 8 8-2 8-4 16 16-4 16-8 20 32 32-8 32-16 48 64 64-16 64-32: E#ds_v4 E#s_v3 E#s_v4
2 4 4-2 8 8-2 8-4 16 16-4 16-8 20 32 32-8 32-16 48 64 64-16 64-32 96 96-24 96-48 128 128-32 128-64: E#ds_v6 E#s_v6
2 4 8 16 20 32 48 64 96 128 192 248: E#ds_v7 E#s_v7
64: E#i_v3 E#is_v3
104: E#i_v5 E#id_v5 E#ids_v5 E#is_v5
96 112: E#iads_v5 E#ias_v5 L#ias_v3
96: E#ias_v4 EC#iads_v5 EC#ias_v5 M#ds-24_2_v3 M#ds-48_1_v3 M#ds-48_2_v3 M#ds_2_v3 M#s-24_2_v3 M#s-48_1_v3 M#s-48_2_v3
96: M#s_2_v3 ND#ams_A100_v4 ND#amsr_A100_v4 ND#asr_A100_v4 ND#asr_v4 ND#is_H100_v5 ND#is_MI300X_v5 ND#is_flex_H100_v5
96: ND#is_noIB_H100_v5 ND#isf_H100_v5 ND#isr_H100_v5 ND#isr_H200_v5 ND#isr_MI300X_v5 ND#isrf_H100_v5
112: E#ibds_v5 E#ibs_v5
192: E#ibds_v6 E#ibs_v6 E#ids_v6 E#is_v6 M#idms_v2 M#ids_v2 M#ims_v2
80: E#ids_v4 E#is_v4 NC#adis_H100_v5
4 8 16 20 32 48 64 96: EC#ads_cc_v5 EC#as_cc_v5
2 4 8 16 32 48 64 128: EC#eds_v6 EC#es_v6
128: EC#ieds_v5 EC#ies_v5 ND#isr_GB300_v6 ND#isr_NDR_GB200_v6 ND#isrf_NDR_GB200_v6
1 2 4 8 16: F# F#s
1 2 4 8 16 32 48 64 80: F#ads_v7 F#alds_v7 F#als_v7 F#as_v7
1 2 4 8 16 32 48 64 72: F#als_v6 F#as_v6
1 2 2-1 4 4-1 4-2 8 8-2 8-4 16 16-4 16-8 32 32-8 32-16 48 64 64-16 64-32 80: F#amds_v7 F#ams_v7
1 2 4 8 16 32 48 64: F#ams_v6
72: F#iams_v6
2 4 8 16 32 48 64 72: F#s_v2
4 12 24 36 48: FX#mds
2 4 4-2 8 8-2 8-4 12 12-6 16 16-4 16-8 24 24-6 24-12 32 32-8 32-16 48 48-12 48-24 64 64-16 64-32 96 96-24 96-48: FX#mds_v2
2 4 4-2 8 8-2 8-4 12 12-6 16 16-4 16-8 24 24-6 24-12 32 32-8 32-16 48 48-12 48-24 64 64-16 64-32 96 96-24 96-48: FX#ms_v2
1 2 3 4 5: G#
1 2 3 4 4-4 4-8 5 5-8 5-16: GS#
60 60-15 60-30 60-45: HB#rs
120 120-16 120-32 120-64 120-96: HB#rs_v2 HB#rs_v3
176 176-24 176-48 176-96 176-144: HB#rs_v4 HX#rs
368 368-48 368-96 368-144 368-192 368-240 368-288 368-336: HB#rs_v5
44 44-16 44-32: HC#rs
2 4 8 12 16 24 32: L#aos_v4
8 16 32 48 64 80: L#as_v3 L#s_v3
2 4 8 16 32 48 64 80 96: L#as_v4 L#s_v4
88: L#is_v2
96 104 112: L#is_v3
4 8 16 32: L#s NV#as_v4
8 16 32 48 64 80 96: L#s_v2
64 128: M# M#ds_v2 M#m
64 64-32: M#bds_1_v3
64 96 128: M#bds_1_v4 M#bs_1_v4
96 96-48: M#bds_2_v3
96 128 256: M#bds_2_v4 M#bs_2_v4
128 128-64 176: M#bds_3_v3
128 304: M#bds_3_v4 M#bs_3_v4
176 176-88: M#bds_4_v3
176 256 304: M#bds_4_v4 M#bs_4_v4
16 32 48 64 96 128 128-64 176 176-88: M#bds_v3
16 32 48 64: M#bds_v4 M#bs_v4
176: M#bs_3_v3 M#ds-44_3_v3 M#ds-44_4_v3 M#ds-88_3_v3 M#ds-88_4_v3 M#ds_3_v3 M#ds_4_v3 M#s-44_3_v3 M#s-44_4_v3
176: M#s-88_3_v3 M#s-88_4_v3 M#s_3_v3 M#s_4_v3
16 32 48 64 96 128 128-64 176 176-88 416: M#bs_v3
32 64 128: M#dms_v2
416: M#ds-104_6_v3 M#ds-104_8_v3 M#ds-208_6_v3 M#ds-208_8_v3 M#ds_10_v3 M#ds_6_v3 M#ds_8_v3 M#ds_9_v3 M#s-104_6_v3
416: M#s-104_8_v3 M#s-208_6_v3 M#s-208_8_v3 M#s_10_v2 M#s_10_v3 M#s_6_v3 M#s_8_v2 M#s_8_v3 M#s_9_v2 M#s_9_v3
48: M#ds-12_1_v3 M#s-12_1_v3
24: M#ds-12_v3 M#s-12_v3 M#s-6_v3
624: M#ds-156_12_v3 M#ds-312_12_v3 M#s-156_12_v3 M#s-312_12_v3
832: M#ds-208_12_v3 M#ds-416_12_v3 M#ids-208_16_v3 M#ids-416_16_v3 M#ids_16_v3 M#is-208_16_v3 M#is-416_16_v3
832: M#is_16_v3 M#s-208_12_v3 M#s-416_12_v3
48 96: M#ds-24_1_v3 M#ds_1_v3 M#s-24_1_v3 M#s_1_v3
12 24: M#ds-6_v3
416 624 832: M#ds_12_v3 M#s_12_v3
12 24 96 176: M#ds_v3 M#s_v3
192 416: M#is_v2
896: M#ixds_24_v3 M#ixds_32_v3
32 64: M#ls
8 8-2 8-4 16 16-4 16-8 32 32-8 32-16 64 64-16 64-32 128 128-32 128-64: M#ms
32 64 64-32 128 192 208 208-52 208-104 416 416-104 416-208: M#ms_v2
16 32 64 128: M#s
64 128 192 208 208-52 208-104 416 416-104 416-208: M#s_v2
32: M#ts NG#adms_V620 NG#adms_V620_v1
24 48 96: NC#ads_A100_v4
8 16 32: NC#ads_A10_v4 NG#ads_V620_v1
40: NC#ads_H100_v5 NCC#ads_H100_v5 ND#rs_v2 ND#s_v2
4 8 16 64: NC#as_T4_v3
32 36 64 72 128 132 144 256 264 288 320 324: NC#ds_xl_RTXPRO6000BSE_v6
8 16 24 32 36 64 72 128 132 144 256 264 288 320 324: NC#lds_xl_RTXPRO6000BSE_v6
16: NM#ads_MA35D
10 20 40: NP#s
36: NV#adms_A10_v5
28: NV#adms_V710_v5
6 12 18 36 72: NV#ads_A10_v5
4 8 12 24: NV#ads_V710_v5
6 12 24: NV#s_v2
12 24 48: NV#s_v3
`;

/** Every size that is known here, as Azure spells it. */
export const VM_SIZES: readonly string[] = SIZES_BY_SERIES.trim()
  .split("\n")
  .flatMap((line) => {
    const [numbers = "", series = ""] = line.split(": ");
    return series
      .split(" ")
      .flatMap((one) => numbers.split(" ").map((number) => `Standard_${one.replace("#", number)}`));
  });
